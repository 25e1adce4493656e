"""What a person was told, how they want to be told, and the browsers that can be reached without a console."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.message import Message
from tickets.models.ticket import Ticket
from tickets.notification_kinds import KINDS

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NotificationQuerySet(CompanyQuerySet):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def with_parts(self) -> "NotificationQuerySet":
        return self.select_related("actor", "ticket__contact")


class Notification(CompanyModel):
    """`times`: how often it happened since it was last read; one unread row per kind and ticket says it all."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)  # a key of notification_kinds.KINDS
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    data = models.JSONField(default=dict)
    times = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(NotificationQuerySet)

    class Meta:
        indexes = [
            models.Index("company", "user", F("at").desc(), F("id").desc(), name="notification_newest"),
            models.Index("company", "user", "kind", name="notification_unread", condition=Q(read_at=None)),
            models.Index("ticket", name="notification_of_ticket", condition=Q(ticket__isnull=False)),
        ]


class NotificationSettings(CompanyModel):
    """A person's choices in one company; without a row, the defaults. `matrix` holds only what differs."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    matrix = models.JSONField(default=dict)  # {kind: {channel: bool}}
    sound = models.CharField(max_length=12, default="soft")
    volume = models.PositiveSmallIntegerField(default=70)  # per cent
    quiet_from = models.TimeField(null=True, blank=True)  # in the company's time zone
    quiet_until = models.TimeField(null=True, blank=True)
    quiet_days = models.JSONField(default=list)  # whole days: "sat", "sun"
    digest = models.CharField(max_length=8, default="off")
    digest_sent_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="notification_settings_once")]

    def wants(self, kind: str, channel: str) -> bool:
        chosen: dict[str, bool] = self.matrix.get(kind, {})
        return bool(chosen.get(channel, channel in KINDS[kind].channels))

    def is_quiet(self, at: datetime, timezone: str) -> bool:
        """No sound, push or e-mail now; the notification centre keeps everything."""
        here = at.astimezone(ZoneInfo(timezone))
        if WEEKDAYS[here.weekday()] in self.quiet_days:
            return True
        begin, end = self.quiet_from, self.quiet_until
        if begin is None or end is None or begin == end:
            return False
        clock = here.time()
        return begin <= clock < end if begin < end else clock >= begin or clock < end


class PushSubscription(CompanyModel):
    """A browser that takes push messages (RFC 8030); its address is a secret between it and us."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    endpoint = models.CharField(max_length=800)
    p256dh = models.CharField(max_length=120)  # the browser's public key, base64url (RFC 8291)
    auth = models.CharField(max_length=40)
    user_agent = models.CharField(max_length=300, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "user", "endpoint"], name="push_endpoint_once")
        ]
