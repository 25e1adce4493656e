"""What follows an act once it can no longer be taken back: texts to the customer, the question for a rating.

The table is `settings.AFTER`: act → functions called with the ticket (locked, with its parts) and the act's
data, in which `by` is who did it, and `at` when. What follows `undone` follows at once.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import now

from tenants.models import User
from tickets.actions import timers
from tickets.models import Ticket, Timer
from tickets.models.history import HistoryKind

TIMER = "after"


def begin(ticket: Ticket, act: str, *, by: User | None, **data: Any) -> None:
    """Last in the story of the act: what follows reads and changes the ticket on its own."""
    if not settings.AFTER.get(act):
        return
    data |= {"by": by.pk if by else None, "at": now().isoformat()}
    seconds = ticket.company.option("undo_seconds") if by and act != HistoryKind.UNDONE else 0
    if seconds:
        timers.start(TIMER, ticket=ticket, subject=act, due_at=now() + timedelta(seconds=seconds), data=data)
    else:
        _follow(ticket.pk, act, data)


def forget(ticket: Ticket, act: str) -> None:
    """It was taken back."""
    timers.stop(TIMER, ticket=ticket, subject=act)


def ring(timer: Timer) -> None:
    """The time to change one's mind is over."""
    assert timer.ticket_id is not None
    _follow(timer.ticket_id, timer.subject, timer.data)


def _follow(ticket_id: int, act: str, data: dict[str, Any]) -> None:
    for path in settings.AFTER[act]:
        ticket = Ticket.objects.with_parts().select_related("company").get(pk=ticket_id)
        import_string(path)(ticket, data)
