"""Nobody is forgotten: a ticket that is not answered moves to somebody else, one that nobody takes to another queue.

Rules move a ticket to each queue and each agent at most once until somebody answers it, so it never goes in circles.
"""

from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from tenants.models import Membership
from tenants.models.membership import Presence
from tenants.scoping import CompanyTask
from tickets.actions import assignment, rules, sla, tell, timers
from tickets.actions.desks import Desks
from tickets.actions.opening import bring_back
from tickets.models import Queue, Ticket, Timer
from tickets.models.history import HistoryKind
from tickets.models.ticket import Status

LOOK_AGAIN = timedelta(minutes=1)  # when the nudge for `look` was lost
ABSENT = (Presence.AWAY, Presence.OFFLINE)


def ring(timer: Timer) -> None:
    """Nobody took it where it waits: the next queue tries."""
    ticket: Ticket = Ticket.objects.select_related("contact", "connection", "queue__overflow_queue").get(
        pk=timer.ticket_id
    )
    queue = ticket.queue
    if queue is None or queue.pk != timer.data.get("queue") or not _waits(ticket):
        return
    target = queue.overflow_queue
    if queue.overflow_minutes is None or target is None or target.is_deleted:
        return
    if target.pk in rules.visited(ticket):
        return
    before = ticket.audience()
    rules.note(ticket, queue=queue.pk)
    ticket.queue = target
    ticket.save(update_fields=["queue", "routed", *sla.follow(ticket)])
    data = {
        "from_queue": {"id": queue.pk, "name": queue.name},
        "to_queue": {"id": target.pk, "name": target.name},
        "minutes": queue.overflow_minutes,
    }
    ticket.history.create(kind=HistoryKind.OVERFLOWED, by=None, data=data)
    start(ticket, target)
    tell.ticket_changed(ticket, also=before)
    assignment.begins_to_wait([ticket])


def ring_idle(timer: Timer) -> None:
    """People are locked before tickets, and this ticket is locked: a job of its own looks."""
    assert timer.ticket_id is not None
    timers.start(rules.IDLE, ticket=timer.ticket_id, due_at=now() + LOOK_AGAIN)
    look.nudge(timer.company_id, timer.ticket_id)


def left_desk(membership: Membership) -> None:
    """Somebody is absent from now on (see settings.DESK_CHANGED): what waits for them may have to move."""
    if membership.absent_since is not None:
        watch_over.nudge(membership.company_id, membership.user_id)


@shared_task(base=CompanyTask)
def watch_over(company_id: int, user_id: int) -> None:
    """Look at every conversation of somebody absent once their queue's patience is over."""
    held = Ticket.objects.shown().filter(agent=user_id, status=Status.OPEN, waiting_since__isnull=False)
    held = held.filter(queue__away_minutes__isnull=False).select_related("queue")
    timers.start_all(timer for timer in (rules.idle_timer(ticket, ticket.queue) for ticket in held) if timer)


@shared_task(base=CompanyTask)
@transaction.atomic
def look(company_id: int, ticket_id: int) -> None:
    """A ticket whose agent has not answered: to somebody else, back to waiting, or patience a little longer."""
    seen: Ticket | None = Ticket.objects.select_related("queue").filter(pk=ticket_id).first()
    if seen is None or seen.queue is None or seen.agent_id is None:
        return
    desks = Desks([seen.queue])
    person: Membership | None = Membership.objects.filter(user=seen.agent_id).first()
    ticket: Ticket = Ticket.objects.select_related("contact", "connection").locked(ticket_id)
    if ticket.agent_id != seen.agent_id or ticket.queue_id != seen.queue_id:
        return  # it moved meanwhile, and got a timer of its own
    ticket.queue = seen.queue
    timers.stop(rules.IDLE, ticket=ticket)
    if ticket.status != Status.OPEN or ticket.waiting_since is None or ticket.snoozed_at is not None:
        return
    idle_at, away_at = _patience(ticket, seen.queue, person)
    if away_at is not None and away_at <= now():
        _back_to_waiting(ticket)
    elif idle_at is not None and idle_at <= now():
        _to_somebody_else(ticket, seen.queue, desks)
    elif moments := [moment for moment in (idle_at, away_at) if moment is not None]:
        timers.start(rules.IDLE, ticket=ticket, due_at=min(moments))


@shared_task(base=CompanyTask)
def rules_changed(company_id: int, queue_id: int) -> None:
    """The rules of this queue count, from now on, for what is in it already."""
    _start_in(Ticket.objects.live().filter(queue=queue_id))
    assignment.drain.nudge(company_id, queue_id)


@shared_task(base=CompanyTask)
def company_changed(company_id: int, event: str, data: dict[str, Any]) -> None:
    """The company's options count for what is open already."""
    if rules.this_company().option("inactivity_minutes"):
        clocked = Timer.objects.filter(kind=rules.INACTIVITY, ticket=OuterRef("pk"))
        _start_in(Ticket.objects.live().filter(~Exists(clocked), status=Status.OPEN), rules.INACTIVITY)
    queues = list(assignment.automatic_queues().values_list("pk", flat=True))
    if queues:
        assignment.drain.nudge(company_id, *queues)


def _start_in(tickets: Any, kind: str = "") -> None:
    company = rules.this_company()
    found: list[Timer] = []
    for ticket in tickets.select_related("queue"):
        found += [one for one in rules.timers_of(ticket, ticket.queue, company) if kind in ("", one.kind)]
    for first in range(0, len(found), 500):
        timers.start_all(found[first : first + 500])


def start(ticket: Ticket, queue: Queue | None) -> None:
    timers.start_all(rules.timers_of(ticket, queue))


def _patience(
    ticket: Ticket, queue: Queue, person: Membership | None
) -> tuple[datetime | None, datetime | None]:
    """When the ticket moves because it is not answered, and because its agent is absent."""
    assert ticket.waiting_since is not None
    waits = max(ticket.opened_at or ticket.waiting_since, ticket.waiting_since)
    idle_at = None if queue.idle_minutes is None else waits + timedelta(minutes=queue.idle_minutes)
    absent_since = _absent_since(person)
    if queue.away_minutes is None or absent_since is None:
        return idle_at, None
    away_at = max(absent_since, ticket.waiting_since) + timedelta(minutes=queue.away_minutes)
    return idle_at, away_at


def _absent_since(person: Membership | None) -> datetime | None:
    if person is None or not person.is_active:
        return datetime.min.replace(tzinfo=now().tzinfo)
    if person.presence not in ABSENT:
        return None
    return person.absent_since or person.last_seen_at or person.created_at


def _to_somebody_else(ticket: Ticket, queue: Queue, desks: Desks) -> None:
    """Whoever is next and had no chance yet. When nobody is left it stays, and is looked at again."""
    assert ticket.agent_id is not None
    others = desks.free(queue, without={ticket.agent_id, *rules.tried(ticket)})
    if others:
        rules.note(ticket, agent=ticket.agent_id)
        left = ticket.agent_id
        assignment.give(ticket, others[0], desks, assignment.IDLE)
        assignment.freed.nudge(ticket.company_id, left)
    else:
        timers.start(
            rules.IDLE, ticket=ticket, due_at=now() + timedelta(minutes=max(1, queue.idle_minutes or 1))
        )


def _back_to_waiting(ticket: Ticket) -> None:
    """Its agent is not there: it waits in its queue, for a colleague."""
    before, agent = ticket.audience(), ticket.agent
    named = {"id": agent.pk, "name": agent.name} if agent else None
    bring_back(ticket, kind=HistoryKind.RETURNED, by=None, reason="agent_away", from_agent=named)
    if fields := sla.follow(ticket):
        ticket.save(update_fields=fields)
    start(ticket, ticket.queue)
    tell.ticket_changed(ticket, also=before)
    assignment.begins_to_wait([ticket])


def _waits(ticket: Ticket) -> bool:
    return (
        ticket.is_waiting and ticket.deleted_at is None and ticket.snoozed_at is None and not ticket.awaiting
    )
