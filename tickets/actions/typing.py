"""Somebody is writing: colleagues see it at once, and so does the customer."""

from helpdesk.events import publish_signal
from tenants.models import User
from tickets.actions import claims, reading, watching
from tickets.events import TYPING_CHANGED
from tickets.models import Ticket


def agent_types(
    ticket: Ticket, *, by: User, is_typing: bool, is_note: bool = False, takes_over: bool = False
) -> None:
    """A signal without a row: whoever is not looking now never hears of it. The customer hears of no note."""
    if is_typing and not is_note and claims.composes(ticket, by=by, takes_over=takes_over):
        watching.tell(ticket)
    data = {
        "ticket": ticket.pk,
        "user": {"id": by.pk, "name": by.name},
        "contact": False,
        "is_typing": is_typing,
    }
    publish_signal(TYPING_CHANGED, ticket.company_id, data, to=ticket.audience())
    if is_typing and not is_note and ticket.agent_id == by.pk:
        reading.show_typing.nudge(ticket.company_id, ticket.pk)
