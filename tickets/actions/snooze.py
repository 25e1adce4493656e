"""Putting a ticket aside until a time or until the customer writes: out of the lists, never forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Invalid, Refused
from tenants.models import User
from tickets.actions import following, notices, steps, tell, timers, word
from tickets.models import Ticket, TicketHistory, Timer
from tickets.models.history import HistoryKind

TIMER = "snooze"
LONGEST = timedelta(days=366)
COLUMNS = ("snoozed_at", "snoozed_until")


@transaction.atomic
def snooze(ticket: Ticket, *, until: datetime | None, by: User | None) -> Ticket:
    """Asleep until then; without a time, until the customer's next message. Either way that message wakes it."""
    if until is not None and not now() < until <= now() + LONGEST:
        raise Invalid(
            "snooze_time", "Choose a time in the future, within a year.", until=["Not in the future."]
        )
    ticket = Ticket.objects.locked(ticket.pk)
    if ticket.is_closed:
        raise Refused("ticket_closed", "This ticket is closed. Open it again first.")
    was = steps.snapshot(ticket, *COLUMNS)
    ticket.snoozed_at, ticket.snoozed_until = now(), until
    ticket.save(update_fields=dict.fromkeys([*COLUMNS, *(word.taken(ticket) if by is not None else [])]))
    keep_time(ticket)
    following.moved(ticket, left=ticket.agent_id)
    data = {"until": until.isoformat() if until else None}
    steps.record(ticket, HistoryKind.SNOOZED, by=by, was=was, data=data)
    tell.ticket_changed(ticket)
    return ticket


@transaction.atomic
def wake(ticket: Ticket, *, by: User | None, reason: str = "person") -> Ticket:
    """Back into the lists. A ticket that is awake stays as it is."""
    ticket = Ticket.objects.locked(ticket.pk)
    if ticket.snoozed_at is None:
        return ticket
    was = steps.snapshot(ticket, *COLUMNS)
    _rouse(ticket)
    if reason == "time":
        ticket.unread_count = max(ticket.unread_count, 1)  # so that it is noticed
    ticket.save(update_fields=[*COLUMNS, "unread_count"])
    keep_time(ticket)
    following.moved(ticket)
    steps.record(ticket, HistoryKind.WOKEN, by=by, was=was, data={"reason": reason})
    tell.ticket_changed(ticket)
    if reason == "time" and ticket.agent_id:
        notices.tell("woken", [ticket.agent_id], ticket=ticket)
    return ticket


def ring(timer: Timer) -> None:
    """Its time has come."""
    wake(Ticket(pk=timer.ticket_id), by=None, reason="time")


def wake_answered(tickets: Iterable[Ticket]) -> None:
    """Their customers wrote. The caller holds the locks and saves `snoozed_at` and `snoozed_until`."""
    asleep = [ticket for ticket in tickets if ticket.snoozed_at is not None]
    if not asleep:
        return
    for ticket in asleep:
        _rouse(ticket)
    TicketHistory.objects.bulk_create(
        [
            TicketHistory(
                company_id=ticket.company_id, ticket=ticket, kind=HistoryKind.WOKEN, data={"reason": "reply"}
            )
            for ticket in asleep
        ]
    )
    Timer.objects.filter(kind=TIMER, ticket__in=[ticket.pk for ticket in asleep]).delete()


def keep_time(ticket: Ticket) -> None:
    """The timer as the ticket now says."""
    if ticket.snoozed_at is not None and ticket.snoozed_until is not None and not ticket.is_closed:
        timers.start(TIMER, ticket=ticket, due_at=ticket.snoozed_until)
    else:
        timers.stop(TIMER, ticket=ticket)


def _rouse(ticket: Ticket) -> None:
    ticket.snoozed_at = ticket.snoozed_until = None
