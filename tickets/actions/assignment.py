"""Who answers: waiting tickets are given to the people at their desks, by the rule of their queue.

`consider` is asked when a ticket begins to wait, `freed` when somebody comes or has room again; `sweep` finds what a
lost nudge left. All of them lock people first (`desks.py`) and tickets second, so each ticket gets one agent and
no agent more than they can carry.
"""

from collections.abc import Iterable

from celery import shared_task
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.timezone import now

from tenants.models import Company, Membership
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import notices, rules, sla, tell, timers
from tickets.actions.desks import Desks
from tickets.models import Message, Queue, QueueMember, Ticket
from tickets.models.history import HistoryKind
from tickets.models.message import Direction
from tickets.models.queue import Assignment
from tickets.models.ticket import Status

OWNER, PREVIOUS, IDLE = "owner", "previous", "idle"  # reasons beside the queue's own rule
BATCH = 20  # tickets given out in one transaction
EARLIER = 5  # tickets of a customer among which the agent who answered last is looked for
URGENT_FIRST = (F("priority").desc(), F("waiting_since").asc(nulls_last=True), F("id").asc())


@shared_task(base=CompanyTask)
def consider(company_id: int, *ticket_ids: int) -> None:
    """These tickets begin to wait: to whom the customer belongs, else whose turn it is in the queue."""
    waiting = waiting_tickets().filter(pk__in=ticket_ids).select_related("queue", "contact")
    queues: set[int] = set()
    for ticket in waiting.order_by(*URGENT_FIRST):
        if not _give_to_somebody_known(ticket) and ticket.queue is not None and ticket.queue.is_automatic:
            queues.add(ticket.queue.pk)
    _drain(queues)


@shared_task(base=CompanyTask)
def freed(company_id: int, user_id: int) -> None:
    """This person has come, or has room again: first their own customers, then who waits the longest."""
    if rules.this_company().option("owner_first"):
        own = waiting_tickets().filter(contact__owner=user_id).select_related("queue", "contact")
        for ticket in own.order_by(*URGENT_FIRST)[:BATCH]:
            _give_to_somebody_known(ticket)
    serves = QueueMember.objects.filter(membership__user=user_id, queue__in=automatic_queues())
    _drain(set(serves.values_list("queue_id", flat=True)))


@shared_task(base=CompanyTask)
def drain(company_id: int, *queue_ids: int) -> None:
    """The rules or the people of these queues changed, or a nudge was lost."""
    _drain(set(queue_ids))


@shared_task
def sweep() -> None:
    """Find queues where somebody waits although somebody is there."""
    with platform_scope("automatic queues of all companies in which somebody waits"):
        waiting = waiting_tickets().filter(queue=OuterRef("pk"))
        present = QueueMember.objects.filter(queue=OuterRef("pk"), membership__is_active=True)
        present = present.exclude(membership__presence__in=["offline", "away"])
        found = automatic_queues().filter(Exists(waiting), Exists(present))
        for company_id, queue_id in list(found.values_list("company_id", "pk")):
            drain.nudge(company_id, queue_id)


def desk_changed(membership: Membership) -> None:
    """Somebody came, or may be given more or other tickets than before (see settings.DESK_CHANGED)."""
    if membership.absent_since is None:
        freed.nudge(membership.company_id, membership.user_id)


def begins_to_wait(tickets: Iterable[Ticket]) -> None:
    """Ask for an agent where a rule may know one. Their queues are looked at, so they should be loaded."""
    waiting = [ticket for ticket in tickets if ticket.is_waiting and not ticket.awaiting]
    notices.wait(waiting)
    found = [ticket for ticket in waiting if _has_rule(ticket)]
    if found:
        consider.nudge(found[0].company_id, *[ticket.pk for ticket in found])


def waiting_tickets() -> QuerySet[Ticket]:
    """Those who wait for an agent, and for nothing else."""
    rows: QuerySet[Ticket] = Ticket.objects.shown().filter(
        status=Status.PENDING, agent=None, snoozed_at=None, awaiting=""
    )
    return rows


def automatic_queues() -> QuerySet[Queue]:
    rows: QuerySet[Queue] = Queue.objects.live().exclude(assignment=Assignment.MANUAL)
    return rows


def give(ticket: Ticket, user_id: int, desks: Desks, reason: str) -> None:
    """The ticket is open and theirs. The caller has locked both, and people before tickets."""
    queue = ticket.queue
    before, old = ticket.audience(), ticket.agent
    ticket.agent = desks.people[user_id].user
    ticket.status, ticket.opened_at = Status.OPEN, now()
    rules.note(ticket, agent=user_id)
    desks.give(user_id, queue)
    fields = ["agent", "status", "opened_at", "routed", *sla.follow(ticket)]
    ticket.save(update_fields=fields)
    data = {
        "reason": reason,
        "agent": {"id": user_id, "name": ticket.agent.name},
        "from_agent": {"id": old.pk, "name": old.name} if old else None,
        "queue": {"id": queue.pk, "name": queue.name} if queue else None,
    }
    ticket.history.create(kind=HistoryKind.ASSIGNED, by=None, data=data)
    timers.start_all(rules.timers_of(ticket, queue, desks.company))
    tell.ticket_changed(ticket, also=before)
    notices.assigned(ticket, user_id, by=None, reason=reason)


def _drain(queue_ids: set[int]) -> None:
    while queue_ids and _give_out(queue_ids):
        pass


@transaction.atomic
def _give_out(queue_ids: set[int]) -> int:
    """Some tickets of these queues, the most urgent and oldest first. Answers how many found an agent."""
    desks = Desks(automatic_queues().filter(pk__in=queue_ids))
    open_queues = [queue for queue in desks.queues.values() if desks.free(queue)]
    if not open_queues:
        return 0
    rows = waiting_tickets().filter(queue__in=open_queues).select_related("contact")
    # A ticket that somebody else has locked is being dealt with, and will be nudged when it waits afterwards.
    locked = rows.order_by(*URGENT_FIRST).select_for_update(of=("self",), skip_locked=True)[:BATCH]
    given = 0
    for ticket in list(locked):
        queue = ticket.queue = desks.queues[ticket.queue_id]  # type: ignore[index]
        known = _known(ticket, desks.company)
        chosen = next((pair for pair in known if _may_get(desks, *pair, queue)), None)
        free = desks.free(queue)
        if chosen is None and not free:
            continue
        user_id, reason = chosen or (free[0], queue.assignment)
        give(ticket, user_id, desks, reason)
        given += 1
    return given


@transaction.atomic
def _give_to_somebody_known(ticket: Ticket) -> bool:
    """To the contact's own agent, or whoever answered last, where the company wants that and they have room."""
    known = _known(ticket, rules.this_company())
    if not known:
        return False
    queues = Queue.objects.live().filter(pk=ticket.queue_id) if ticket.queue_id else Queue.objects.none()
    desks = Desks(queues, others=[user_id for user_id, _ in known])
    row = waiting_tickets().filter(pk=ticket.pk, queue=ticket.queue_id)
    found: Ticket | None = row.select_for_update(of=("self",)).first()
    if found is None:
        return False
    found.queue = desks.queues.get(ticket.queue_id or 0)
    for user_id, reason in known:
        if _may_get(desks, user_id, reason, found.queue):
            give(found, user_id, desks, reason)
            return True
    return False


def _known(ticket: Ticket, company: Company) -> list[tuple[int, str]]:
    """Whom this customer knows, the nearest first."""
    known = []
    if ticket.contact.owner_id is not None and company.option("owner_first"):
        known.append((ticket.contact.owner_id, OWNER))
    if ticket.queue is not None and ticket.queue.previous_first:
        newest = Ticket.objects.filter(contact=ticket.contact_id).order_by("-id")[:EARLIER]
        answers = Message.objects.filter(
            ticket__in=list(newest.values_list("pk", flat=True)),
            direction=Direction.OUT,
            author__isnull=False,
        )
        last = answers.order_by("-at", "-id").values_list("author", flat=True).first()
        if last is not None:
            known.append((last, PREVIOUS))
    return known


def _may_get(desks: Desks, user_id: int, reason: str, queue: Queue | None) -> bool:
    """A customer's own agent need not serve the queue; everybody else must."""
    return desks.has_room(user_id, queue) and (reason == OWNER or desks.serves(user_id, queue))


def _has_rule(ticket: Ticket) -> bool:
    queue = ticket.queue
    by_queue = queue is not None and (queue.is_automatic or queue.previous_first)
    return by_queue or ticket.contact.owner_id is not None
