"""A person in a company: their role there, and whether they are at their desk."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from tenants.models.user import User
from tenants.roles import Role as Role
from tenants.roles import permissions_of
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.queue import QueueMember


class Presence(models.TextChoices):
    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"


class MembershipQuerySet(CompanyQuerySet):
    def active(self) -> "MembershipQuerySet":
        return self.filter(is_active=True, user__is_active=True)

    def with_parts(self) -> "MembershipQuerySet":
        """Everything `UserSerializer` shows, in a fixed number of queries."""
        return self.select_related("user").prefetch_related("queue_members__queue")

    def present(self) -> "MembershipQuerySet":
        return self.exclude(presence=Presence.OFFLINE)


class Membership(CompanyModel):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.AGENT)
    is_active = models.BooleanField(default=True)
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.OFFLINE)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    absent_since = models.DateTimeField(null=True, blank=True)  # away or offline, both without a break
    farewell = models.TextField(blank=True)  # their own goodbye, before the company's
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)  # None: the company's option

    # Between these, on the company's clock, they may be signed in; administrators always.
    work_begins = models.TimeField(null=True, blank=True)
    work_ends = models.TimeField(null=True, blank=True)  # not after the begin: on the next day

    objects: Any = scoped(MembershipQuerySet)
    if TYPE_CHECKING:
        queue_members: RelatedManager[QueueMember]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(work_begins=None, work_ends=None) | ~Q(work_begins=None) & ~Q(work_ends=None),
                name="membership_work_hours_whole",
            ),
        ]
        indexes = [
            # Who is at their desk: the hello of a socket, and the presence sweeper
            models.Index(fields=["company"], name="membership_present", condition=~Q(presence="offline"))
        ]

    @property
    def permissions(self) -> frozenset[str]:
        return permissions_of(self.role)

    @property
    def queue_ids(self) -> list[int]:
        """Queues that the member serves; a deleted queue is served by nobody."""
        members = self.queue_members.all()
        return sorted(member.queue_id for member in members if member.queue.deleted_at is None)

    def is_at_work(self, at: datetime) -> bool:
        """Whether their working hours let them in at this moment."""
        begins, ends = self.work_begins, self.work_ends
        if begins is None or ends is None or self.role == Role.ADMIN:
            return True
        clock = at.astimezone(ZoneInfo(self.company.timezone)).time()
        return begins <= clock < ends if begins < ends else clock >= begins or clock < ends

    def may(self, permission: str) -> bool:
        return permission in self.permissions
