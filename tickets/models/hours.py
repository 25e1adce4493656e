"""Business hours of a company: one calendar for all, or one of its own for a number or a queue."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Lower

from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets import hours

if TYPE_CHECKING:
    from tenants.models import Company
    from tickets.models.connection import Connection
    from tickets.models.queue import Queue
    from tickets.models.ticket import Ticket

OFF, COMPANY, CONNECTION, QUEUE = "off", "company", "connection", "queue"  # values of the option `hours_of`


class Hours(CompanyModel):
    """`weekly` is {"mon": [["09:00", "12:00"], ["13:00", "18:00"]], …}; a day without shifts is closed.
    `holidays` is [{"date": "2026-12-25", "name": "Natal", "shifts": []}]. A blank zone is the company's."""

    name = models.CharField(max_length=60)
    timezone = models.CharField(max_length=64, blank=True)
    weekly = models.JSONField(default=dict)
    holidays = models.JSONField(default=list)

    objects: Any = scoped(CompanyQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint("company", Lower("name"), name="hours_name_once")]

    def calendar(self, company: "Company") -> hours.Calendar:
        return hours.calendar(self.weekly, self.holidays, self.timezone or company.timezone)


def hours_of(
    company: "Company", connection: "Connection | None" = None, queue: "Queue | None" = None
) -> tuple[Hours | None, str]:
    """Which hours count for a conversation there, and whose they are, as in "queue:3". The option `hours_of`
    says how near to look first; what has no hours of its own has those of the next wider."""
    level = company.option("hours_of")
    if level == OFF:
        return None, ""
    if level == QUEUE and queue is not None and queue.hours is not None:
        return queue.hours, f"queue:{queue.pk}"
    if level in {QUEUE, CONNECTION} and connection is not None and connection.hours is not None:
        return connection.hours, f"connection:{connection.pk}"
    found: Hours | None = Hours.objects.filter(pk=company.option("hours") or 0).first()
    return found, "company" if found else ""


def calendar_for(ticket: "Ticket") -> hours.Calendar | None:
    """The hours in which this ticket is worked on; None when it is always open."""
    found, _ = hours_of(ticket.company, ticket.connection, ticket.queue)
    return found.calendar(ticket.company) if found else None
