"""What an agent wants of a message that the customer has: on its way to WhatsApp until it is done, or cannot be."""

import uuid

from django.db import models

from tenants.models import User
from tenants.scoping import CompanyModel


class WishState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Wish(CompanyModel):
    """The last one of its kind for a message. Saying it twice harms nobody, so a try whose end is unknown is repeated.

    Each wish has a `cookie` of its own: what comes back for an earlier one is ignored. `due_at` is null when there
    is nothing to do.
    """

    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=WishState)
    cookie = models.UUIDField(default=uuid.uuid4, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
