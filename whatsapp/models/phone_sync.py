"""What is asked once of the phone that shares a number with us: its address book, and its chats."""

from django.db import models

from tenants.scoping import CompanyModel, scoped
from tickets.models import Connection


class SyncKind(models.TextChoices):
    CONTACTS = "contacts"
    HISTORY = "history"


class SyncState(models.TextChoices):
    WANTED = "wanted"
    ASKING = "asking"  # written before the call: from here on it is never asked again
    ASKED = "asked"
    UNCLEAR = "unclear"  # the call had no answer; the webhooks will tell
    RUNNING = "running"
    DONE = "done"
    DECLINED = "declined"  # the owner does not share the chats
    REFUSED = "refused"


class PhoneSync(CompanyModel):
    """One per number and kind: WhatsApp takes each request once, within a day of the number's arrival. A gateway gives
    its chats as often as somebody asks."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="phone_syncs")
    kind = models.CharField(max_length=10, choices=SyncKind)
    state = models.CharField(max_length=10, choices=SyncState, default=SyncState.WANTED)
    deadline = models.DateTimeField()  # a day after the number came
    asked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)  # the newest webhook of it
    alarmed_at = models.DateTimeField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    phase = models.PositiveSmallIntegerField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # percent, as WhatsApp counts
    items = models.PositiveIntegerField(default=0)  # contacts or messages that came
    error = models.CharField(max_length=300, blank=True)
    # Of a gateway: which time is wanted, its chats, and where we are.
    plan = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "kind"], name="whatsapp_sync_once")]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="whatsapp_sync_open",
                condition=models.Q(state__in=["wanted", "asking", "asked", "unclear"]),
            )
        ]  # fmt: skip
