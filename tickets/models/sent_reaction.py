"""An agent's emoji on its way to a customer: WhatsApp keeps one of the business for each message."""

from typing import Any

from django.db import models
from django.db.models import Q

from tenants.scoping import scoped
from tickets.models.message import Message
from tickets.models.wish import Wish


class SentReaction(Wish):
    """What the customer is to see: `emoji`, or nothing when it is empty. `was` is what they saw last."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="sent_reaction")
    emoji = models.CharField(max_length=32, blank=True)
    was = models.CharField(max_length=32, blank=True)

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index(
                "due_at", name="sent_reaction_due", condition=Q(due_at__isnull=False)
            ),  # the sweeper
        ]
