"""Telling consoles what changed: the rows with all their parts, to whoever may see the ticket."""

from collections.abc import Collection, Container, Iterable
from typing import Any

from helpdesk.events import publish, publish_data
from tenants.statements import Later, Statement
from tickets.events import MESSAGE_CREATED, MESSAGE_UPDATED, TICKET_CREATED, TICKET_UPDATED
from tickets.models import Message, Ticket
from tickets.models.rows import as_rows, shape


def ticket_created(ticket: Ticket) -> None:
    publish(TICKET_CREATED, ticket, to=ticket.audience())


def ticket_changed(ticket: Ticket, *, also: Iterable[str] = ()) -> None:
    """`also`: the audience before the change, so that the ticket disappears from lists it left."""
    publish(TICKET_UPDATED, ticket, to=ticket.audience().union(also))


def tickets_changed(tickets: Collection[Ticket], new: Container[int]) -> None:
    """Many at once, read in one statement; `new` holds the ids of those that were just created."""
    shown = {row.id: shape(row.shown) for row in _shown.rows(ids=[one.pk for one in tickets])}
    for ticket in tickets:
        event = TICKET_CREATED if ticket.pk in new else TICKET_UPDATED
        publish_data(event, ticket.company_id, shown[ticket.pk], to=ticket.audience())


@Statement
def _shown() -> Any:
    return as_rows(Ticket.objects.filter(pk__any=Later("ids")))


def message_created(message: Message) -> None:
    publish(MESSAGE_CREATED, message, to=message.ticket.audience())


def message_changed(message: Message) -> None:
    publish(MESSAGE_UPDATED, message, to=message.ticket.audience())
