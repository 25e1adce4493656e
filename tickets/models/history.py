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
    ASSIGNED = "assigned"  # given to an agent by a rule
    OVERFLOWED = "overflowed"  # waited too long and moved to another queue
    SNOOZED = "snoozed"
    WOKEN = "woken"
    PRIORITIZED = "prioritized"
    TAGGED = "tagged"
    FIELDS_CHANGED = "fields_changed"
    JOINED = "joined"  # a participant
    LEFT = "left"
    MERGED = "merged"
    ACCESSED = "accessed"  # read by a program
    UNDONE = "undone"
    MENU = "menu"  # the customer chose in the menu
    CONSENTED = "consented"
    REFUSED = "refused"  # did not consent
    WARNED = "warned"  # told that the silence will close it
    RATED = "rated"
    SLA_WARNED = "sla_warned"
    SLA_BREACHED = "sla_breached"
    SCHEDULED = "scheduled"
    ASSISTED = "assisted"  # an assistant or a bot answered
    HANDED_OVER = "handed_over"  # by an assistant or a bot, to people
    RELEASED = "released"  # a person lets assistants and bots answer again


class TicketHistory(CompanyModel):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="history")
    kind = models.CharField(max_length=16, choices=HistoryKind)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    data = models.JSONField(default=dict)
    undo = models.JSONField(null=True, blank=True)  # what it takes to go back, see tickets.actions.undo

    objects: Any = scoped()
