"""Something that has to happen at a time: a ticket wakes, a warning is sent, a message leaves."""

from typing import Any

from django.db import models

from tenants.scoping import CompanyModel, scoped
from tickets.models.ticket import Ticket


class Timer(CompanyModel):
    """One per kind, ticket and subject. `kind` is a key of settings.TIMERS; `data` is for its handler."""

    kind = models.CharField(max_length=30)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    subject = models.CharField(max_length=60, blank=True)  # what else it is about, such as "schedule:7"
    due_at = models.DateTimeField()
    data = models.JSONField(default=dict)
    claimed_until = models.DateTimeField(null=True, blank=True)  # a worker is on it; afterwards another may
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)  # of the last try that failed

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "ticket", "kind", "subject"], nulls_distinct=False, name="timer_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="timer_due"),  # what rings next, of all companies
            models.Index(fields=["ticket"], name="timer_of_ticket", condition=models.Q(ticket__isnull=False)),
        ]
