"""One act on many tickets: what was asked, how far it is, and what each ticket needs to be put back."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.history import TicketHistory
from tickets.models.ticket import Ticket

SHOWN_ERRORS = 50


class BulkAction(models.TextChoices):
    CLOSE = "close"
    TRANSFER = "transfer"
    ASSIGN = "assign"
    TAG = "tag"
    UNTAG = "untag"
    PRIORITY = "priority"
    SNOOZE = "snooze"
    WAKE = "wake"
    READ = "read"
    UNREAD = "unread"


class BulkState(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


class ItemState(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept"  # somebody changed the ticket since, so it stays as it is


class BulkJobQuerySet(CompanyQuerySet):
    def under_way(self) -> "BulkJobQuerySet":
        found: BulkJobQuerySet = self.filter(state__in=[BulkState.RUNNING, BulkState.UNDOING])
        return found

    def with_parts(self) -> "BulkJobQuerySet":
        """Everything `BulkJobSerializer` shows, in one query."""
        shown: BulkJobQuerySet = self.annotate(found_errors=ArraySubquery(_errors(OuterRef("pk"))))
        return shown


class BulkJob(CompanyModel):
    """`updated`, `failed`, `undone` and `kept` count its items; `total` is all of them."""

    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=10, choices=BulkAction)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.RUNNING)
    total = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(BulkJobQuerySet)

    class Meta:
        indexes = [
            # The sweeper looks for those that a dead worker left behind.
            models.Index(
                fields=["updated_at"],
                name="bulk_under_way",
                condition=models.Q(state__in=["running", "undoing"]),
            )
        ]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Why some tickets stayed as they were; no query when the row came with its parts."""
        found = self.found_errors if hasattr(self, "found_errors") else list(_errors(self.pk))
        return [{"ticket": one["ticket"], "number": one["number"], **one["error"]} for one in found]


class BulkItem(CompanyModel):
    """`step` is the ticket's history entry that takes the act back; `was` where the act leaves no such entry."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    step = models.ForeignKey(
        TicketHistory, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    was = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # {"code", "detail"}

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "ticket"], name="bulk_item_once")]
        indexes = [models.Index(fields=["job", "state", "id"], name="bulk_item_next")]


def _errors(job: Any) -> Any:
    refused = BulkItem.objects.filter(job=job, state__in=[ItemState.FAILED, ItemState.KEPT])
    shape = JSONObject(ticket="ticket_id", number="ticket__number", error="error")
    return refused.order_by("id").values_list(shape, flat=True)[:SHOWN_ERRORS]
