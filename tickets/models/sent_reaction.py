"""An agent's emoji on its way to a customer: WhatsApp keeps one of the business for each message."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, scoped
from tickets.models.message import Message


class ReactionState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class SentReaction(CompanyModel):
    """What the customer is to see: `emoji`, or nothing when it is empty. `was` is what they saw last.

    Setting the same emoji twice harms nobody, so a try whose end is unknown is simply repeated. Each wish has a
    `cookie` of its own: what comes back for an earlier one is ignored. `due_at` is null when there is nothing to do.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="sent_reaction")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    emoji = models.CharField(max_length=32, blank=True)
    was = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=10, choices=ReactionState)
    cookie = models.UUIDField(default=uuid.uuid4, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index(
                "due_at", name="sent_reaction_due", condition=Q(due_at__isnull=False)
            ),  # the sweeper
        ]
