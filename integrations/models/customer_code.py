"""A one-time code that a customer proves with who they are, in one conversation."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models

from integrations.models.thread import AssistantThread
from tenants.scoping import CompanyModel, scoped
from tickets.models import Contact, Ticket

LIFETIME = timedelta(minutes=10)
STANDS = timedelta(hours=12)  # how long a proof counts in its conversation
TRIES = 5


class CustomerCode(CompanyModel):
    """`hashed` is an HMAC: a million codes are quickly tried against a plain hash."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    thread = models.ForeignKey(
        AssistantThread, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    hashed = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    proved_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped()

    def is_open(self, at: datetime) -> bool:
        return self.proved_at is None and at < self.expires_at and self.tries < TRIES
