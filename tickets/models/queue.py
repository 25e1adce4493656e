"""A queue (sector): where tickets wait, and the agents who answer there."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower

from tenants.models import Membership
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models.hours import Hours

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class QueueQuerySet(CompanyQuerySet):
    def live(self) -> "QueueQuerySet":
        return self.filter(deleted_at=None)

    def with_parts(self) -> "QueueQuerySet":
        """Everything `QueueSerializer` shows, in one query."""
        members = QueueMember.objects.filter(queue=OuterRef("pk"), membership__is_active=True)
        ids = members.order_by("membership__user_id").values("membership__user_id")
        shown: QueueQuerySet = self.annotate(found_member_ids=ArraySubquery(ids))
        return shown


class Assignment(models.TextChoices):
    """Who decides who answers what waits in a queue."""

    MANUAL = "manual"  # agents take tickets themselves
    ROUND_ROBIN = "round_robin"  # whoever has had to wait for one the longest
    LEAST_BUSY = "least_busy"  # whoever has the fewest open tickets


class Queue(CompanyModel, Deletable):
    """`capacity`: open tickets of this queue that one agent gets at most. Minutes that are None mean never."""

    name = models.CharField(max_length=60)
    color = models.CharField(max_length=7, default="#0f766e")
    greeting = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    hours = models.ForeignKey(Hours, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    out_of_hours = models.TextField(blank=True)  # the company's text when blank
    files = models.JSONField(default=list)  # sent in order after the greeting; see actions.files_for_use
    # Who chooses it in a menu reads its greeting; nobody waits there.
    closes = models.BooleanField(default=False)
    assignment = models.CharField(max_length=12, choices=Assignment, default=Assignment.MANUAL)
    previous_first = models.BooleanField(default=False)  # whoever answered this customer last
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    idle_minutes = models.PositiveIntegerField(null=True, blank=True)  # without an answer: to somebody else
    away_minutes = models.PositiveIntegerField(null=True, blank=True)  # its agent is absent: back to waiting
    overflow_minutes = models.PositiveIntegerField(null=True, blank=True)  # waiting: to `overflow_queue`
    overflow_queue = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    inactivity_minutes = models.PositiveIntegerField(null=True, blank=True)  # None: the company's option
    inactivity_close_minutes = models.PositiveIntegerField(null=True, blank=True)

    objects: Any = scoped(QueueQuerySet)
    if TYPE_CHECKING:
        queue_members: RelatedManager["QueueMember"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(deleted_at=None), name="queue_name_once"
            ),
            models.CheckConstraint(
                condition=~Q(overflow_queue=models.F("id")) | Q(overflow_queue=None),
                name="queue_overflows_elsewhere",
            ),
        ]

    @property
    def audience(self) -> str:
        return f"queue.{self.pk}"

    @property
    def is_automatic(self) -> bool:
        return self.assignment != Assignment.MANUAL

    @property
    def member_ids(self) -> list[int]:
        """Who answers here; no query when the row came with its parts."""
        if hasattr(self, "found_member_ids"):
            return list(self.found_member_ids)
        found = self.queue_members.filter(membership__is_active=True)
        return sorted(found.values_list("membership__user_id", flat=True))


class QueueMember(CompanyModel):
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="queue_members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="queue_members")
    last_assigned_at = models.DateTimeField(null=True, blank=True)  # whose turn it is

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "membership"], name="queue_member_once")]
