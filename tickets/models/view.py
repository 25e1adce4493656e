"""A saved view: a filter and an order of tickets under a name, one person's or the whole company's."""

from typing import Any

from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.sorting import Sort


class SavedViewQuerySet(CompanyQuerySet):
    def usable_by(self, user_id: int | None) -> "SavedViewQuerySet":
        """The company's and one's own; another person's do not exist."""
        mine = Q(owner=user_id) if user_id else Q(pk__in=[])
        found: SavedViewQuerySet = self.filter(Q(owner=None) | mine)
        return found


class SavedView(CompanyModel):
    """Without `owner` it is the company's, and everybody sees in it what they may see."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    icon = models.CharField(max_length=30, blank=True)
    color = models.CharField(max_length=7, default="#475569")
    filter = models.JSONField(default=dict)
    sort = models.CharField(max_length=12, choices=Sort, default=Sort.NEWEST)
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped(SavedViewQuerySet)

    class Meta:
        indexes = [models.Index(fields=["company", "owner", "position"], name="view_in_order")]  # the sidebar

    def audience(self) -> set[str]:
        return {f"user.{self.owner_id}"} if self.owner_id else {"company"}
