"""One act on many tickets, and what each ticket needs to be put back."""

from typing import Any

from django.db import models

from tenants.scoping import scoped
from tickets.models.history import TicketHistory
from tickets.models.jobs import Job, JobItem, JobQuerySet, left_behind, refused
from tickets.models.ticket import Ticket


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


class BulkJob(Job):
    action = models.CharField(max_length=10, choices=BulkAction)

    objects: Any = scoped(JobQuerySet)

    class Meta:
        indexes = [left_behind("bulk_under_way")]

    @classmethod
    def refusals(cls, job: Any) -> Any:
        return refused(BulkItem.objects, job, ticket="ticket_id", number="ticket__number")


class BulkItem(JobItem):
    """`step` is the ticket's history entry that takes the act back; `was` where the act leaves no such entry."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)
    step = models.ForeignKey(
        TicketHistory, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "ticket"], name="bulk_item_once")]
        indexes = [models.Index(fields=["job", "state", "id"], name="bulk_item_next")]
