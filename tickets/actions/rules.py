"""What time does to a ticket where it is now: which timers its queue's rules ask for.

A timer is never moved when somebody writes. It looks again when it rings and goes on from there, so a message costs
nothing; whoever rings in vain does no harm.
"""

from datetime import datetime, timedelta

from django.utils.timezone import now

from tenants.models import Company
from tenants.scoping import current_company_id
from tickets.actions import timers
from tickets.models import Queue, Ticket, Timer
from tickets.models.ticket import Status

IDLE = "idle"  # its agent does not answer, or is absent
OVERFLOW = "overflow"  # nobody takes it
INACTIVITY = "inactivity"  # the conversation has fallen silent
SLA = "sla"  # a promise is about to break


def timers_of(ticket: Ticket, queue: Queue | None, company: Company | None = None) -> list[Timer]:
    """What has to be started when a ticket comes to its place or its customer begins to wait."""
    if ticket.is_closed or ticket.deleted_at is not None:
        return []
    found = [
        idle_timer(ticket, queue),
        overflow_timer(ticket, queue),
        inactivity_timer(ticket, queue, company),
    ]
    return [timer for timer in found if timer is not None]


def idle_timer(ticket: Ticket, queue: Queue | None) -> Timer | None:
    if queue is None or ticket.agent_id is None or ticket.status != Status.OPEN or not ticket.waiting_since:
        return None
    limits = [minutes for minutes in (queue.idle_minutes, queue.away_minutes) if minutes is not None]
    if not limits:
        return None
    since = max(ticket.opened_at or ticket.waiting_since, ticket.waiting_since)
    return _timer(IDLE, ticket, since + timedelta(minutes=min(limits)))


def overflow_timer(ticket: Ticket, queue: Queue | None) -> Timer | None:
    if queue is None or not ticket.is_waiting or queue.overflow_minutes is None:
        return None
    if queue.overflow_queue_id is None or queue.overflow_queue_id in visited(ticket):
        return None
    due_at = now() + timedelta(minutes=queue.overflow_minutes)
    return _timer(OVERFLOW, ticket, due_at, queue=queue.pk)


def inactivity_timer(ticket: Ticket, queue: Queue | None, company: Company | None) -> Timer | None:
    """`company` is only given where an agent gets the ticket: a timer that runs already looks by itself."""
    if company is None or ticket.agent_id is None or ticket.status != Status.OPEN:
        return None
    minutes, _ = silence_of(company, queue)
    if not minutes:
        return None
    if Timer.objects.filter(kind=INACTIVITY, ticket=ticket).exists():
        return None  # it looks by itself, and may have warned already
    silent_since = max(ticket.last_message_at, ticket.opened_at or ticket.last_message_at)
    return _timer(INACTIVITY, ticket, max(now(), silent_since + timedelta(minutes=minutes)))


def forget(ticket: Ticket) -> None:
    """It is closed: another episode begins with timers of its own."""
    Timer.objects.filter(ticket=ticket, kind__in=[IDLE, OVERFLOW, INACTIVITY, SLA]).delete()


def silence_of(company: Company, queue: Queue | None) -> tuple[int, int]:
    """Minutes until the warning, and from there until the end; 0 is never."""
    own = (queue.inactivity_minutes, queue.inactivity_close_minutes) if queue else (None, None)
    keys = ("inactivity_minutes", "inactivity_close_minutes")
    warn, close = (company.option(key) if mine is None else mine for mine, key in zip(own, keys, strict=True))
    return warn, close


def visited(ticket: Ticket) -> set[int]:
    """Queues that the ticket overflowed from since it was last answered. It never goes back to them."""
    return {*ticket.routed.get("queues", []), *([ticket.queue_id] if ticket.queue_id else [])}


def tried(ticket: Ticket) -> set[int]:
    """Agents whom rules gave the ticket to since it was last answered."""
    return set(ticket.routed.get("agents", []))


def note(ticket: Ticket, *, queue: int | None = None, agent: int | None = None) -> None:
    """Remember where a rule took the ticket from or to, so that rules never move it in circles."""
    routed = dict(ticket.routed)
    for key, value in (("queues", queue), ("agents", agent)):
        if value is not None and value not in routed.get(key, []):
            routed[key] = [*routed.get(key, []), value]
    ticket.routed = routed


def this_company() -> Company:
    return Company.objects.get(pk=current_company_id())


def _timer(kind: str, ticket: Ticket, due_at: datetime, **data: int) -> Timer:
    return timers.timer(kind, ticket=ticket, due_at=due_at, data=data)
