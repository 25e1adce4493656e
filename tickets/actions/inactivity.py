"""A conversation falls silent: the customer is warned once, and later the ticket is closed.

One timer per open ticket. It is never moved by messages: it looks when it rings, finds when the silence began and
goes on from there. What the customer or an agent says in between therefore stops it without a statement.
"""

from datetime import timedelta

from django.utils.timezone import now

from tickets.actions import automatic, lifecycle, rules, timers
from tickets.models import Message, Ticket, Timer
from tickets.models.message import Direction
from tickets.models.ticket import Status

WARNING, CLOSING = "inactivity_warning", "inactivity_closing"  # options that hold the texts, and occasions


def ring(timer: Timer) -> None:
    """Warn, close, or look again when the silence could have lasted long enough."""
    parts = ("contact", "connection", "queue", "company", "last_message", "agent")
    ticket: Ticket = Ticket.objects.select_related(*parts).get(pk=timer.ticket_id)
    warn_after, close_after = rules.silence_of(ticket.company, ticket.queue)
    if ticket.status != Status.OPEN or ticket.deleted_at is not None or not warn_after:
        return
    if timer.data.get("warned") == _newest(ticket):
        if close_after:
            _close(ticket)
        else:
            _look_again(ticket, timedelta(minutes=warn_after), **timer.data)
        return
    silent_for = now() - max(ticket.last_message_at, ticket.opened_at or ticket.last_message_at)
    if not _counts(ticket):
        _look_again(ticket, timedelta(minutes=warn_after))
    elif silent_for < timedelta(minutes=warn_after):
        _look_again(ticket, timedelta(minutes=warn_after) - silent_for)
    else:
        warning = automatic.say(ticket, ticket.company.option(WARNING), occasion=WARNING)
        warned = warning.pk if warning else _newest(ticket)
        _look_again(ticket, timedelta(minutes=close_after or warn_after), warned=warned)


def _close(ticket: Ticket) -> None:
    automatic.say(ticket, ticket.company.option(CLOSING), occasion=CLOSING)
    lifecycle.close(ticket, by=None, complete=False, silent=True, because="inactivity")


def _counts(ticket: Ticket) -> bool:
    """Whose silence it is, and an awake ticket: one that sleeps is silent on purpose."""
    if ticket.snoozed_at is not None:
        return False
    if ticket.company.option("inactivity_after") == "any":
        return True
    last: Message | None = ticket.last_message
    return last is not None and last.direction == Direction.OUT


def _newest(ticket: Ticket) -> int:
    return ticket.last_message_id or 0


def _look_again(ticket: Ticket, after: timedelta, **data: int) -> None:
    timers.start(rules.INACTIVITY, ticket=ticket, due_at=now() + after, data=data)
