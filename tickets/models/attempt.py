"""How outgoing messages leave: one lane per conversation, one attempt per try, receipts that came too early."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.connection import Connection
from tickets.models.contact import Contact
from tickets.models.message import Message


class Outcome(models.TextChoices):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    POSTPONED = "postponed"
    UNCLEAR = "unclear"


class OutboundLane(CompanyModel):
    """The unit of order: messages of one contact on one connection leave one after the other.

    `due_at` is null when there is nothing to send. Whoever sets `lease` and `leased_until` owns the lane.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    slow_downs = models.PositiveSmallIntegerField(default=0)  # pair-rate refusals in a row

    objects: Any = scoped(CompanyQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "contact"], name="outbound_lane_once")]
        indexes = [
            models.Index("due_at", name="outbound_lane_due", condition=Q(due_at__isnull=False))  # the sweeper
        ]


class Attempt(CompanyModel):
    """Committed before the socket is touched; without an outcome after its lease, the send is in doubt.

    `cookie` travels with the message and comes back in its receipts.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    cookie = models.UUIDField(default=uuid.uuid4, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    code = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once")]
        indexes = [
            # The ledger: the newest first, and what did not simply succeed
            models.Index(fields=["company", "-started_at", "-id"], name="attempt_ledger"),
            models.Index(
                fields=["company", "outcome", "-started_at", "-id"],
                name="attempt_by_outcome",
                condition=~Q(outcome="accepted"),
            ),
        ]


class OrphanReceipt(CompanyModel):
    """A receipt that names a message we do not know yet; joined when the acceptance is stored."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+", db_index=False)
    provider_id = models.CharField(max_length=255)
    receipt = models.JSONField()

    objects: Any = scoped()

    class Meta:
        indexes = [models.Index(fields=["connection", "provider_id"], name="orphan_of_message")]
