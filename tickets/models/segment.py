"""A segment: a filter and an order of contacts under a name, one person's or the whole company's."""

from typing import Any

from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped


class ContactSort(models.TextChoices):
    NEWEST = "newest"
    NAME = "name"
    ACTIVE = "active"  # who wrote last


# Each ends in the id, so that a page can start after any row.
CONTACT_ORDERS: dict[str, tuple[str, ...]] = {
    ContactSort.NEWEST: ("-id",),
    ContactSort.NAME: ("sort_name", "id"),
    ContactSort.ACTIVE: ("-last_active_at", "-id"),
}


class SegmentQuerySet(CompanyQuerySet):
    def usable_by(self, user_id: int | None) -> "SegmentQuerySet":
        """The company's and one's own; another person's do not exist."""
        mine = Q(owner=user_id) if user_id else Q(pk__in=[])
        found: SegmentQuerySet = self.filter(Q(owner=None) | mine)
        return found


class Segment(CompanyModel):
    """Without `owner` it is the company's."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    color = models.CharField(max_length=7, default="#475569")
    filter = models.JSONField(default=dict)
    sort = models.CharField(max_length=8, choices=ContactSort, default=ContactSort.NEWEST)
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped(SegmentQuerySet)

    class Meta:
        indexes = [models.Index(fields=["company", "owner", "position"], name="segment_in_order")]

    def audience(self) -> set[str]:
        return {f"user.{self.owner_id}"} if self.owner_id else {"company"}
