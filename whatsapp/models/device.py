"""A linked device of a company, who hosts it now, and what it is asked to do."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from helpdesk.fields import EncryptedJSONField
from tenants.scoping import CompanyModel, scoped
from tickets.models import Connection


class State(models.TextChoices):
    NEW = "new"
    OFFLINE = "offline"  # linked, and disconnected by a person
    PAIRING = "pairing"
    LINKED = "linked"  # the phone agreed; the first connection comes next
    CONNECTING = "connecting"
    ONLINE = "online"
    PAIR_TIMEOUT = "pair_timeout"
    PASSKEY_REQUIRED = "passkey_required"
    LOGGED_OUT = "logged_out"
    REPLACED = "replaced"
    BANNED = "banned"
    OUTDATED = "outdated"
    FAILED = "failed"  # dialling fails again and again; it goes on, ever more rarely


class Past(models.TextChoices):
    """Which old conversations come here after linking."""

    ALL = "all"
    PERIOD = "period"
    NONE = "none"


class Device(CompanyModel):
    """One per connection of the kind `qr`, with the connection's id.

    A host connects a device only while it holds the lease; `epoch` grows with each new host, and what an
    earlier one still wants to write no longer counts.
    """

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, primary_key=True, related_name="device"
    )
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    reason = models.CharField(max_length=200, blank=True)
    is_wanted = models.BooleanField(default=False)  # somebody wants it connected, or linked
    owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    epoch = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)  # which QR code of six is shown
    qr = EncryptedJSONField(default=str)  # whoever scans it gives us their WhatsApp
    qr_expires_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    banned_until = models.DateTimeField(null=True, blank=True)
    is_fresh = models.BooleanField(default=False)  # linked, never online since
    jid = models.CharField(max_length=80, blank=True)  # blank: not linked
    lid = models.CharField(max_length=80, blank=True)
    online_at = models.DateTimeField(null=True, blank=True)  # when it came online last
    offline_at = models.DateTimeField(null=True, blank=True)  # when it was lost last
    past = models.CharField(max_length=8, choices=Past, default=Past.ALL)
    past_from = models.DateField(null=True, blank=True)  # the period's days, in the company's time zone
    past_until = models.DateField(null=True, blank=True)

    objects = scoped()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(past_until__gte=F("past_from")), name="whatsapp_device_period_in_order"
            )
        ]
        indexes = [
            models.Index(fields=["lease_until"], name="whatsapp_device_wanted", condition=Q(is_wanted=True))
        ]

    @property
    def is_online(self) -> bool:
        return self.state == State.ONLINE

    def wants_past(self, day: date) -> bool:
        """Whether old messages of this day are to be imported."""
        if self.past != Past.PERIOD:
            return self.past == Past.ALL
        return (self.past_from or day) <= day <= (self.past_until or day)


class CommandState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"  # a host has it: whether it happened is known only once it is done
    DONE = "done"
    WITHDRAWN = "withdrawn"  # nobody took it in time; it did not happen


class DeviceCommand(CompanyModel):
    """What the host of a device shall do, in the order of ids. Rows live for minutes."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="commands", db_index=False)
    kind = models.CharField(max_length=12)  # send, upload, read, typing, block
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CommandState, default=CommandState.WAITING)
    expires_at = models.DateTimeField()
    result = models.JSONField(null=True, blank=True)

    objects = scoped()

    class Meta:
        indexes = [
            models.Index(
                fields=["device", "id"], name="whatsapp_command_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["created_at"], name="whatsapp_command_age"),  # tidying up
        ]
