"""The farewell: the agent's own, else the number's, else the company's."""

from tenants.models import Membership, User
from tickets.actions import automatic
from tickets.models import Message, Ticket
from tickets.phrases import text_of

OCCASION = "farewell"


def say(ticket: Ticket, by: User | None = None) -> Message | None:
    """Whether it is wanted is decided by who calls."""
    return automatic.say(ticket, text_for(ticket, by), occasion=OCCASION, by=by)


def text_for(ticket: Ticket, by: User | None = None) -> str:
    own = ""
    if by is not None:
        own = Membership.objects.filter(user=by).values_list("farewell", flat=True).first() or ""
    return own.strip() or ticket.connection.farewell.strip() or text_of(ticket.company, OCCASION)
