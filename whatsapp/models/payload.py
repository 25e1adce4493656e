"""A webhook exactly as it arrived, stored before it is answered."""

from django.db import models
from django.db.models import Q

from tenants.scoping import CompanyModel, scoped
from tickets.models import Connection
from whatsapp.models.app import App


class State(models.TextChoices):
    NEW = "new"
    SPLIT = "split"
    QUARANTINED = "quarantined"  # cannot be read; kept for a person to look at


class Source(models.TextChoices):
    CLOUD_API = "cloud_api"
    QR = "qr"  # a linked device of ours
    GATEWAY = "gateway"  # somebody else's server with a linked device


class Payload(CompanyModel):
    """Meta's webhooks come through an app and name their numbers; the others belong to one connection."""

    source = models.CharField(max_length=12, choices=Source, db_default=Source.CLOUD_API.value)
    app = models.ForeignKey(App, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    connection = models.ForeignKey(
        Connection, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    sha256 = models.BinaryField(max_length=32)
    body = models.BinaryField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    error = models.CharField(max_length=300, blank=True, default="")
    facts = models.PositiveIntegerField(db_default=0)  # found in it, with those that were known already
    repeats = models.PositiveIntegerField(db_default=0)  # how often the same bytes came again

    objects = scoped()

    class Meta:
        constraints = [
            # Meta repeats a webhook until it sees 200, for up to seven days.
            models.UniqueConstraint(fields=["app", "sha256"], name="whatsapp_payload_once"),
            models.UniqueConstraint(fields=["connection", "sha256"], name="whatsapp_payload_device_once"),
        ]
        indexes = [
            models.Index(fields=["company", "id"], name="whatsapp_payload_new", condition=Q(state="new")),
            models.Index(fields=["received_at"], name="whatsapp_payload_age"),  # tidying up
            models.Index(fields=["company", "-received_at", "-id"], name="whatsapp_payload_ledger"),
            models.Index(
                fields=["company", "-received_at", "-id"],
                name="whatsapp_payload_unread",
                condition=Q(state="quarantined"),
            ),
        ]
