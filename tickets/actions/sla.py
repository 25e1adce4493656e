"""Service levels at work: which promise a ticket has, what is left of it, and who is told when it runs out.

The stopwatches stand in the ticket's own row (`tickets/stopwatch.py`), so a message costs no statement for them
while the customer waits already. One timer per ticket rings when the next thing has to be said.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from tenants.models import Company
from tenants.scoping import current_company_id
from tenants.statements import Statement
from tickets import stopwatch
from tickets.actions import notices, rules, tell, timers
from tickets.hours import Calendar
from tickets.models import SlaMark, SlaPolicy, Ticket, Timer
from tickets.models.history import HistoryKind
from tickets.models.hours import hours_of
from tickets.models.ticket import LIVE
from tickets.stopwatch import Clock, Clocks, Facts, Promise

FIELDS = ["sla_clocks", "sla_target", "sla_due_at", "sla_warned_at", "sla_breached_at"]


class Promises:
    """The policies of the company, read once for any number of tickets."""

    def __init__(self) -> None:
        self._policies: list[SlaPolicy] = _policies.rows()
        self._calendars: dict[tuple[int, int | None], Calendar | None] = {}

    def of(self, ticket: Ticket) -> Promise | None:
        fitting = next((policy for policy in self._policies if _fits(policy, ticket)), None)
        default = next((policy for policy in self._policies if policy.is_default), None)
        policy = fitting or default
        if policy is None:
            return None
        return Promise(
            policy=policy.pk,
            first_reply=policy.first_reply_minutes,
            next_reply=policy.next_reply_minutes,
            resolution=policy.resolution_minutes,
            warn_percent=policy.warn_percent,
            calendar=self._calendar(ticket) if policy.business_hours else None,
        )

    def __bool__(self) -> bool:
        return bool(self._policies)

    def _calendar(self, ticket: Ticket) -> Calendar | None:
        place = (ticket.connection_id, ticket.queue_id)
        if place not in self._calendars:
            company = Company.objects.get(pk=current_company_id())
            found, _ = hours_of(company, ticket.connection, ticket.queue)
            self._calendars[place] = found.calendar(company) if found else None
        return self._calendars[place]


@Statement
def _policies() -> Any:
    return SlaPolicy.objects.in_order()


def follow(ticket: Ticket, promises: Promises | None = None) -> list[str]:
    """Bring its stopwatches up to date. Answers the fields that the caller has to save."""
    if promises is None:
        if not ticket.sla_clocks and (ticket.is_closed or ticket.waiting_since is None):
            return []  # nothing runs and nothing would begin
        promises = Promises()
    if not promises and not ticket.sla_clocks:
        return []
    clocks, at = stopwatch.load(ticket.sla_clocks), now()
    kept = stopwatch.follow(clocks, _facts(ticket), promises.of(ticket), at)
    _remember_kept(ticket, kept, at)
    if not _show(ticket, clocks):
        return []
    return FIELDS


def timer_of(ticket: Ticket) -> Timer | None:
    """What has to be started when `follow` has changed the ticket. A timer that rings in vain does no harm."""
    rings_at = stopwatch.rings_at(stopwatch.load(ticket.sla_clocks))
    return timers.timer(rules.SLA, ticket=ticket, due_at=rings_at) if rings_at else None


def ring(timer: Timer) -> None:
    """A warning or a broken promise: written down, told to consoles, and kept for reports."""
    ticket: Ticket = Ticket.objects.with_parts().get(pk=timer.ticket_id)
    clocks, at = stopwatch.load(ticket.sla_clocks), now()
    news = [kind for clock in clocks.values() for kind in _news(ticket, clock, at)]
    if ticket.status in LIVE and news:
        _show(ticket, clocks)
        ticket.save(update_fields=FIELDS)
        tell.ticket_changed(ticket)
    if (again := timer_of(ticket)) is not None:
        timers.start_all([again])


def _news(ticket: Ticket, clock: Clock, at: datetime) -> Iterable[HistoryKind]:
    if not clock.runs or clock.breached_at is not None or clock.due_at is None:
        return
    if clock.warned_at is None and clock.warn_at is not None and clock.warn_at <= at:
        clock.warned_at = clock.warn_at
        if clock.due_at > at:  # else the worker was late: the breach says it all
            yield _write(ticket, HistoryKind.SLA_WARNED, clock)
    if clock.due_at <= at:
        clock.breached_at = clock.due_at
        clock.mark = _mark(ticket, clock, breached_at=clock.due_at).pk
        yield _write(ticket, HistoryKind.SLA_BREACHED, clock)


def _write(ticket: Ticket, kind: HistoryKind, clock: Clock) -> HistoryKind:
    due = clock.due_at.isoformat() if clock.due_at else None
    ticket.history.create(kind=kind, by=None, data={"target": clock.target, "due_at": due})
    notices.promise(ticket, str(kind))
    return kind


def _remember_kept(ticket: Ticket, kept: list[Clock], at: datetime) -> None:
    for clock in kept:
        if clock.mark is not None:
            SlaMark.objects.filter(pk=clock.mark).update(met_at=at)
        elif clock.due_at is not None:
            breached_at = clock.due_at if clock.runs and clock.due_at <= at else None
            _mark(ticket, clock, met_at=at, breached_at=breached_at)


def _mark(
    ticket: Ticket, clock: Clock, *, met_at: datetime | None = None, breached_at: datetime | None = None
) -> SlaMark:
    mark: SlaMark = SlaMark.objects.create(
        ticket=ticket,
        policy=SlaPolicy.objects.filter(pk=clock.policy).first(),
        queue_id=ticket.queue_id,
        agent_id=ticket.agent_id,
        target=clock.target,
        due_at=clock.due_at,
        met_at=met_at,
        breached_at=breached_at,
    )
    return mark


def _show(ticket: Ticket, clocks: Clocks) -> bool:
    """Put the nearest promise on the row. Answers whether anything is different."""
    stored = stopwatch.dump(clocks)
    if stored == ticket.sla_clocks:
        return False
    ticket.sla_clocks = stored
    clock = stopwatch.nearest(clocks)
    ticket.sla_target = clock.target if clock else ""
    ticket.sla_due_at = clock.due_at if clock else None
    ticket.sla_warned_at = clock.warned_at if clock else None
    ticket.sla_breached_at = clock.breached_at if clock else None
    return True


def _facts(ticket: Ticket) -> Facts:
    return Facts(
        is_live=ticket.status in LIVE and ticket.deleted_at is None,
        waiting_since=ticket.waiting_since,
        has_reply=ticket.first_reply_at is not None,
        rests=ticket.snoozed_at is not None or ticket.awaiting != "",
    )


def _fits(policy: SlaPolicy, ticket: Ticket) -> bool:
    return (
        not policy.is_default
        and (not policy.queues or ticket.queue_id in policy.queues)
        and (not policy.connections or ticket.connection_id in policy.connections)
        and (not policy.priorities or ticket.priority in policy.priorities)
    )
