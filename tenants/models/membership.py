"""A person in a company: their role there, and whether they are at their desk."""

from typing import TYPE_CHECKING

from django.db import models

from tenants.models.user import User
from tenants.roles import Role as Role
from tenants.roles import permissions_of
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from tickets.models.queue import QueueMember


class Presence(models.TextChoices):
    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"


class MembershipQuerySet(CompanyQuerySet):
    def active(self) -> "MembershipQuerySet":
        return self.filter(is_active=True, user__is_active=True)


class Membership(CompanyModel):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.AGENT)
    is_active = models.BooleanField(default=True)
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.OFFLINE)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    objects = scoped(MembershipQuerySet)
    if TYPE_CHECKING:
        queue_members: RelatedManager[QueueMember]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="membership_once")]

    @property
    def permissions(self) -> frozenset[str]:
        return permissions_of(self.role)

    def may(self, permission: str) -> bool:
        return permission in self.permissions
