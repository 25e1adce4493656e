"""Where an automatic dialogue stands: kept in the ticket, changed under its lock, shown as `awaiting`."""

from collections.abc import Iterable
from typing import Any

from tickets.actions import following, tell, whole
from tickets.models import Ticket

Part = dict[str, Any]


def part(ticket: Ticket, name: str) -> Part:
    """What one responder remembers of this ticket."""
    found = ticket.dialogue.get(name)
    return dict(found) if isinstance(found, dict) else {}


def remember(ticket: Ticket, name: str, value: Any) -> None:
    """Nobody is shown it, so nobody is told."""
    ticket.dialogue = {**ticket.dialogue, name: value}
    Ticket.objects.filter(pk=ticket.pk).update(dialogue=ticket.dialogue)


def forget(ticket: Ticket, name: str) -> None:
    ticket.dialogue = {key: value for key, value in ticket.dialogue.items() if key != name}
    Ticket.objects.filter(pk=ticket.pk).update(dialogue=ticket.dialogue)


def wait_for(
    ticket: Ticket, awaiting: str, *, also: Iterable[str] = (), audience: Iterable[str] = ()
) -> None:
    """The dialogue has the word (or, with "", agents do). `also`: other columns that changed with it; `audience`:
    who saw the ticket before."""
    fields = list(also)
    if ticket.awaiting != awaiting:
        ticket.awaiting = awaiting
        fields.append("awaiting")
    if not fields:
        return
    ticket.save(update_fields=fields)
    following.moved(ticket)
    tell.ticket_changed(ticket, also=audience)


def refreshed(ticket: Ticket) -> None:
    """Read the row again after other stories have changed it; the caller holds its lock."""
    whole.refresh(ticket)
