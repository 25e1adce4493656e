"""First tickets of customers nobody has heard of before: many at once, as a campaign's answers bring them.

A new contact has no ticket that could be live or reopened, so there is nothing to look up and nobody to race.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection as database

from tenants.scoping import current_company_id
from tickets.models import Connection, Contact, Ticket, TicketHistory
from tickets.models.history import HistoryKind


def first_tickets(connection: Connection, heard: Mapping[Contact, datetime]) -> list[Ticket]:
    """One waiting ticket each, in three statements for all. Part of the caller's transaction."""
    if not heard:
        return []
    company_id = current_company_id()
    number = _reserve(company_id, len(heard))
    tickets = [
        Ticket(
            company_id=company_id,
            connection=connection,
            contact=contact,
            queue_id=connection.queue_id,
            number=number + position,
            last_message_at=at,
        )
        for position, (contact, at) in enumerate(heard.items())
    ]
    Ticket.objects.bulk_create(tickets)
    TicketHistory.objects.bulk_create(
        [TicketHistory(company_id=company_id, ticket=ticket, kind=HistoryKind.CREATED) for ticket in tickets]
    )
    return tickets


def _reserve(company_id: int, count: int) -> int:
    """The first of so many ticket numbers; the lock on the company's row lasts until the commit."""
    with database.cursor() as cursor:
        cursor.execute(
            "UPDATE tenants_company SET next_ticket_number = next_ticket_number + %s"
            " WHERE id = %s RETURNING next_ticket_number - %s",
            [count, company_id, count],
        )
        return int(cursor.fetchone()[0])
