"""What an agent changes of a message that the customer has: other words, or none. On channels that can do it."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, scoped
from tickets.models.message import Message


class ChangeKind(models.TextChoices):
    CORRECTION = "correction"
    REMOVAL = "removal"


class ChangeState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class SentChange(CompanyModel):
    """The last wish for this message. Saying it twice harms nobody, so a try whose end is unknown is repeated.

    Each wish has a `cookie` of its own: what comes back for an earlier one is ignored. `due_at` is null when there
    is nothing to do.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="sent_change")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ChangeState)
    asked_at = models.DateTimeField()
    cookie = models.UUIDField(default=uuid.uuid4, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index("due_at", name="sent_change_due", condition=Q(due_at__isnull=False)),  # the sweeper
        ]
