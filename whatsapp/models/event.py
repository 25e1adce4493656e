"""One fact out of a webhook, and the lane in which such facts are applied one after the other."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from tenants.scoping import CompanyModel, scoped
from tickets.models import Connection
from whatsapp.models.payload import Payload


class Kind(models.TextChoices):
    MESSAGE = "message"
    REACTION = "reaction"
    EDIT = "edit"
    REMOVAL = "removal"
    CALL = "call"
    NOTICE = "notice"  # something about the customer, told as a line of the conversation
    STATUS = "status"
    PHONE = "phone"  # a message that the phone tells which shares the number
    BOOK = "book"  # somebody in that phone's address book
    IMPORT = "import"  # how far that phone has come
    GROUP = "group"  # who came and went, or another name
    IDENTITY = "identity"  # a customer changed number or user id
    ACCOUNT = "account"  # news of the account itself, such as of its templates
    UNSUPPORTED = "unsupported"  # a known field that this version stores without acting on it
    UNKNOWN = "unknown"  # a shape nobody has described yet


class State(models.TextChoices):
    PENDING = "pending"
    APPLIED = "applied"
    PARKED = "parked"  # waits for the message that it speaks of
    SKIPPED = "skipped"  # understood, and left out on purpose: a blocked contact, a past nobody wants
    QUARANTINED = "quarantined"  # failed too often; visible, and replayed by setting it to pending


class EventLane(CompanyModel):
    """The unit of order. `due_at` is null when nothing waits; whoever holds the row's lock works in the lane.

    The lock is the lease: it ends with the transaction, so a killed worker frees its lanes at once.
    """

    key = models.CharField(max_length=220)
    due_at = models.DateTimeField(null=True, blank=True)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="whatsapp_lane_once")]
        indexes = [
            models.Index(
                fields=["company", "due_at"], name="whatsapp_lane_due", condition=Q(due_at__isnull=False)
            )
        ]


class Event(CompanyModel):
    """`key` says what the fact is, so that it counts once however often it arrives."""

    payload = models.ForeignKey(
        Payload, on_delete=models.SET_NULL, null=True, related_name="events", db_index=False
    )
    lane = models.ForeignKey(
        EventLane, on_delete=models.CASCADE, null=True, related_name="events", db_index=False
    )  # null: stored for the record, nothing to apply
    connection = models.ForeignKey(
        Connection, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=220)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    target = models.CharField(max_length=255, blank=True)  # provider id of the message that it waits for
    provider_id = models.CharField(max_length=255, blank=True, db_default="")  # the message it is about
    repeats = models.PositiveIntegerField(db_default=0)  # how often other webhooks brought the same fact
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = scoped()
    if TYPE_CHECKING:
        received_at: datetime | None  # of its payload, where the lanes read it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="whatsapp_event_once")]
        indexes = [
            models.Index(fields=["lane", "id"], name="whatsapp_event_pending", condition=Q(state="pending")),
            models.Index(
                fields=["connection", "target"], name="whatsapp_event_parked", condition=Q(state="parked")
            ),
            # The ledger: the newest first; what went another way than most; all about one message
            models.Index(fields=["company", "-created_at", "-id"], name="whatsapp_event_ledger"),
            models.Index(
                fields=["company", "state", "-created_at", "-id"],
                name="whatsapp_event_by_state",
                condition=~Q(state="applied"),
            ),
            models.Index(
                fields=["company", "kind", "-created_at", "-id"],
                name="whatsapp_event_rare",
                condition=~Q(kind__in=["message", "status"]),
            ),
            models.Index(
                fields=["company", "-created_at", "-id"],
                name="whatsapp_event_repeated",
                condition=Q(repeats__gt=0),
            ),
            models.Index(fields=["company", "provider_id"], name="whatsapp_event_message"),
            models.Index(fields=["payload"], name="whatsapp_event_payload"),  # what was in a webhook
        ]  # fmt: skip
