"""Telling consoles what changed: the rows with all their parts, to whoever may see the ticket."""

from collections.abc import Iterable

from helpdesk.events import publish
from tickets.events import MESSAGE_CREATED, MESSAGE_UPDATED, TICKET_CREATED, TICKET_UPDATED
from tickets.models import Message, Ticket


def ticket_created(ticket: Ticket) -> None:
    publish(TICKET_CREATED, ticket, to=ticket.audience())


def ticket_changed(ticket: Ticket, *, also: Iterable[str] = ()) -> None:
    """`also`: the audience before the change, so that the ticket disappears from lists it left."""
    publish(TICKET_UPDATED, ticket, to=ticket.audience().union(also))


def message_created(message: Message) -> None:
    publish(MESSAGE_CREATED, message, to=message.ticket.audience())


def message_changed(message: Message) -> None:
    publish(MESSAGE_UPDATED, message, to=message.ticket.audience())
