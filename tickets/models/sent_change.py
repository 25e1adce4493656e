"""What an agent changes of a message that the customer has: other words, or none. On channels that can do it."""

from typing import Any

from django.db import models
from django.db.models import Q

from tenants.scoping import scoped
from tickets.models.message import Message
from tickets.models.wish import Wish


class ChangeKind(models.TextChoices):
    CORRECTION = "correction"
    REMOVAL = "removal"


class SentChange(Wish):
    """`body` is what the customer is to read, until they do."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="sent_change")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    body = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index("due_at", name="sent_change_due", condition=Q(due_at__isnull=False)),  # the sweeper
        ]
