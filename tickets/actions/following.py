"""What follows when a ticket changes its place or somebody writes in it: stopwatches, timers, and who is asked next.

The stories of `lifecycle`, `inbound` and `outbound` call these once each, with the ticket locked, before they tell
anyone. A message to a customer who waits already costs nothing here.
"""

from collections.abc import Collection

from tickets.actions import assignment, rules, sla, timers
from tickets.models import Queue, Ticket, Timer
from tickets.models.ticket import Status


def moved(ticket: Ticket, *, left: int | None = None, by_person: bool = False) -> None:
    """It waits, is somebody's, sleeps or is closed from now on. `left`: whose it was, who has room again."""
    fields = sla.follow(ticket)
    if by_person and ticket.routed:
        ticket.routed = {}  # what a person decides, rules may move again
        fields = [*fields, "routed"]
    if fields:
        ticket.save(update_fields=fields)
    if ticket.is_closed or ticket.deleted_at is not None:
        rules.forget(ticket)
    else:
        _start_timers(ticket)
        assignment.begins_to_wait([ticket])
    if left is not None and (left != ticket.agent_id or ticket.status != Status.OPEN or ticket.snoozed_at):
        assignment.freed.nudge(ticket.company_id, left)


def begin_to_wait(tickets: Collection[Ticket]) -> list[str]:
    """Customers who had their answer have written again, or for the first time. Part of the batch that stores their
    messages: answers the fields which it has to save as well."""
    if not tickets:
        return []
    _load_queues(tickets)
    promises = sla.Promises()
    changed = [fields for ticket in tickets if (fields := sla.follow(ticket, promises))]
    started: list[Timer] = []
    for ticket in tickets:
        started += rules.timers_of(ticket, ticket.queue)
        if ticket.sla_clocks and (timer := sla.timer_of(ticket)):
            started.append(timer)
    timers.start_all(started)
    return changed[0] if changed else []


def who_waits(tickets: Collection[Ticket]) -> list[Ticket]:
    """Of tickets that get messages, those whose customers begin to wait by it. Asked before they are stored."""
    return [ticket for ticket in tickets if ticket.waiting_since is None or ticket.snoozed_at is not None]


def offer(ticket_id: int) -> None:
    """The automatic dialogue has spoken: where it leaves the ticket waiting for an agent, one is asked."""
    ticket: Ticket | None = Ticket.objects.select_related("queue", "contact").filter(pk=ticket_id).first()
    if ticket is not None:
        assignment.begins_to_wait([ticket])


def answered(ticket: Ticket) -> list[str]:
    """Somebody has answered: the promise is kept, and rules may move the ticket again. Answers fields to save."""
    fields = []
    if ticket.first_reply_at is None:
        ticket.first_reply_at = ticket.last_message_at
        fields.append("first_reply_at")
    if ticket.routed:
        ticket.routed = {}
        fields.append("routed")
    return [*fields, *sla.follow(ticket)]


def _start_timers(ticket: Ticket) -> None:
    company = rules.this_company() if ticket.status == Status.OPEN else None
    started = rules.timers_of(ticket, ticket.queue, company)
    if ticket.sla_clocks and (timer := sla.timer_of(ticket)):
        started.append(timer)
    timers.start_all(started)


def _load_queues(tickets: Collection[Ticket]) -> None:
    """Give each its queue: nearly always the connection's, which is here already."""
    here = {queue.pk: queue for ticket in tickets if (queue := ticket.connection.queue) is not None}
    wanted = {ticket.queue_id for ticket in tickets if ticket.queue_id is not None}
    missing = wanted - here.keys()
    found = here | (Queue.objects.in_bulk(missing) if missing else {})
    for ticket in tickets:
        ticket.queue = found.get(ticket.queue_id) if ticket.queue_id else None
