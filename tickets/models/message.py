"""A message of a conversation, in either direction, or a private note between agents."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.connection import Connection
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.attachment import Attachment
    from tickets.models.attempt import Attempt


class Direction(models.TextChoices):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class Kind(models.TextChoices):
    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    BUTTON_REPLY = "button_reply"
    LIST_REPLY = "list_reply"
    FORM_REPLY = "form_reply"  # what a customer filled in: WhatsApp calls the form a flow
    ORDER = "order"
    CALL = "call"
    TEMPLATE = "template"
    BUTTONS = "buttons"
    LIST = "list"
    LINK = "link"
    LOCATION_REQUEST = "location_request"
    CONTACT_REQUEST = "contact_request"
    FORM = "form"
    PRODUCT = "product"
    PRODUCTS = "products"
    UNSUPPORTED = "unsupported"
    SYSTEM = "system"
    NOTE = "note"


class State(models.TextChoices):
    """`received` and notes never change; the others are the life of an outgoing message."""

    RECEIVED = "received"
    PARKED = "parked"  # written outside the 24-hour window; waits for the customer's answer
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"  # the provider took it (HTTP 200); not yet on its way
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"
    DOUBTFUL = "doubtful"  # may or may not have been sent; an agent decides when silence lasts
    EXPIRED = "expired"  # the 24-hour window closed before it could leave
    CANCELLED = "cancelled"


BY_ITSELF = Q(content__has_key="automatic")  # said by no person
# Receipts only move a message up this ladder.
RANK = {State.ACCEPTED: 1, State.SENT: 2, State.DELIVERED: 3, State.READ: 4, State.PLAYED: 5}
MEDIA_KINDS = {Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.DOCUMENT, Kind.STICKER}
# Those that are a file, and those that may have one above their words.
FILED_KINDS = MEDIA_KINDS | {Kind.TEMPLATE, Kind.BUTTONS, Kind.LINK, Kind.FORM}


class MessageQuerySet(CompanyQuerySet):
    def with_parts(self) -> "MessageQuerySet":
        """Everything `message_row` shows, in two queries."""
        return self.select_related("author", "reply_to", "reply_to__author").prefetch_related("attachments")


class Message(CompanyModel):
    """`at` is the provider's clock for what came in, ours for what goes out; threads sort by (at, id)."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+", db_index=False)
    direction = models.CharField(max_length=8, choices=Direction)
    kind = models.CharField(max_length=20, choices=Kind)
    body = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    error = models.JSONField(null=True, blank=True)  # {"code", "title", "detail", "action"}
    client_id = models.UUIDField(null=True, blank=True)
    provider_id = models.CharField(max_length=255, blank=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    reply_to_provider_id = models.CharField(max_length=255, blank=True)
    reactions = models.JSONField(default=list)
    pricing = models.JSONField(null=True, blank=True)  # what the provider said it costs
    at = models.DateTimeField()
    # The addresses that the customer wrote from ("phone:5511…"): the evidence when contacts are taken apart.
    heard_from = ArrayField(models.TextField(), null=True, blank=True)
    is_forwarded = models.BooleanField(default=False)
    arrived_late = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)  # earlier texts: MessageEdit
    removed_at = models.DateTimeField(null=True, blank=True)  # its writer deleted it for everyone
    not_before = models.DateTimeField(null=True, blank=True)  # a postponed send waits until then
    tries = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped(MessageQuerySet)
    is_newly_priced = False  # only while receipts are applied
    begins_to_wait = False  # the same: by it, its customer waits in a queue from now on
    more_follow = False  # only while responders are asked: the customer went on writing after this one
    if TYPE_CHECKING:
        attachments: RelatedManager[Attachment]
        attempts: RelatedManager[Attempt]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "provider_id"],
                condition=~Q(provider_id=""),
                name="message_provider_once",
            ),
            models.UniqueConstraint(
                fields=["company", "client_id"],
                condition=Q(client_id__isnull=False),
                name="message_client_once",
            ),
        ]
        indexes = [
            models.Index("ticket", F("at").desc(), F("id").desc(), name="message_thread"),  # the thread
            # What still has to leave, in order, per conversation (deliver and its sweeper)
            models.Index(
                "ticket",
                "id",
                name="message_unsent",
                condition=Q(state__in=["queued", "sending", "doubtful"]),
            ),
            # What waits for the customer's answer
            models.Index("ticket", "id", name="message_parked", condition=Q(state="parked")),
            # Who is mentioned where
            models.Index(
                "ticket", name="message_mentions", condition=Q(kind="note", content__has_key="mentions")
            ),
        ]

    @property
    def has_media(self) -> bool:
        return self.kind in MEDIA_KINDS

    @property
    def may_have_files(self) -> bool:
        return self.kind in FILED_KINDS

    @property
    def is_hidden(self) -> bool:
        """Deleted, in a company that does not go on showing what was deleted."""
        return "hidden" in self.content

    @property
    def preview(self) -> str:
        """One line for lists: the text, or nothing when the kind says it all. Of a call, how far it got; of a
        recording, what was heard in it."""
        if self.kind == Kind.AUDIO and not self.body and not self.removed_at:
            return str(self.attachments.values_list("transcript", flat=True).first() or "")[:160]
        return str(self.content.get("event", "")) if self.kind == Kind.CALL else self.body[:160]
