"""What happened to a ticket, in order: the history shown beside the conversation."""

from typing import Any

from django.db import models

from tenants.models import User
from tenants.scoping import CompanyModel, scoped
from tickets.models.ticket import Ticket


class HistoryKind(models.TextChoices):
    CREATED = "created"
    ACCEPTED = "accepted"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    REOPENED = "reopened"
    RETURNED = "returned"  # back to waiting, for instance because its agent left


class TicketHistory(CompanyModel):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="history")
    kind = models.CharField(max_length=12, choices=HistoryKind)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    data = models.JSONField(default=dict)

    objects: Any = scoped()
