"""What customers are told about the steps of their conversation (see settings.AFTER): who answers now, that it was
passed on, goodbye. Each where the company wants it said."""

from typing import Any

from tenants.models import User
from tickets.actions import automatic, farewell
from tickets.models import Message, Ticket
from tickets.models.message import Direction
from tickets.phrases import text_of

ACCEPTANCE, TRANSFER = "acceptance", "transfer"


def accepted(ticket: Ticket, data: dict[str, Any]) -> None:
    """Nobody is introduced who has begun to talk: the text waits until the act can no longer be undone."""
    if ticket.company.option(ACCEPTANCE) and not ticket.is_closed and not _has_spoken(ticket, data):
        automatic.say(ticket, text_of(ticket.company, ACCEPTANCE), occasion=ACCEPTANCE, by=_who(data))


def transferred(ticket: Ticket, data: dict[str, Any]) -> None:
    """What the agent wrote for the customer takes the place of the company's text."""
    if ticket.company.option(TRANSFER) and not data.get("message") and not ticket.is_closed and _who(data):
        automatic.say(ticket, text_of(ticket.company, TRANSFER), occasion=TRANSFER, by=ticket.agent)


def closed(ticket: Ticket, data: dict[str, Any]) -> None:
    """Who was never answered hears it only where the company wants that too."""
    wanted = ticket.company.option("farewell" if ticket.opened_at else "farewell_waiting")
    if wanted and ticket.is_closed and not data.get("silent"):
        farewell.say(ticket, by=_who(data))


def _has_spoken(ticket: Ticket, data: dict[str, Any]) -> bool:
    if not data.get("by") or "at" not in data:
        return False
    theirs = Message.objects.filter(ticket=ticket.pk, direction=Direction.OUT, author=data["by"])
    return bool(theirs.filter(created_at__gte=data["at"]).exists())


def _who(data: dict[str, Any]) -> User | None:
    return User.objects.filter(pk=data["by"]).first() if data.get("by") else None
