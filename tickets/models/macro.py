"""A macro: several steps with a ticket, done in one click."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped


class MacroQuerySet(CompanyQuerySet):
    def live(self) -> "MacroQuerySet":
        return self.filter(deleted_at=None)

    def usable_by(self, user_id: int | None) -> "MacroQuerySet":
        """The company's and one's own; another person's do not exist."""
        mine = Q(owner=user_id) if user_id else Q(pk=None)
        return self.filter(Q(owner=None) | mine)

    def with_parts(self) -> "MacroQuerySet":
        """Everything `MacroSerializer` shows, in one query."""
        return self.select_related("owner")


class Macro(CompanyModel, Deletable):
    """Without `owner` it is the company's. `steps` are [{"kind", …}] as `tickets.actions.macro_steps` reads them."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    steps = models.JSONField(default=list)
    used_count = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(MacroQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(deleted_at=None, owner=None), name="macro_shared_once"
            ),
            models.UniqueConstraint(
                "company",
                "owner",
                Lower("name"),
                condition=Q(deleted_at=None, owner__isnull=False),
                name="macro_own_once",
            ),
        ]

    def audience(self) -> set[str]:
        return {f"user.{self.owner_id}"} if self.owner_id else {"company"}
