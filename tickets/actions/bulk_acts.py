"""What can be done to many tickets at once: each act is the one that a single ticket knows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.errors import Refused
from tenants.models import User
from tickets.actions import lifecycle, marks, snooze
from tickets.models import Queue, Ticket
from tickets.models.bulk import BulkAction
from tickets.models.ticket import Priority

Params = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """`needs`: the right it takes. `do`: change one ticket, or raise Refused."""

    needs: str
    do: Callable[[Ticket, User | None, Params], Ticket]


def _close(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    return lifecycle.close(ticket, by=by, silent=params.get("silent", False))


def _transfer(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    queue = Queue.objects.live().filter(pk=params["queue"]).first() if params.get("queue") else None
    agent = User.objects.filter(pk=params["agent"]).first() if params.get("agent") else None
    if queue is None and agent is None:
        raise Refused("transfer_nowhere", "The queue or the agent is gone.")
    return lifecycle.transfer(ticket, by=by, queue=queue, agent=agent, note=params.get("note", ""))


def _tag(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    return marks.change_tags(ticket, by=by, add=params["tags"], remove=[])


def _untag(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    return marks.change_tags(ticket, by=by, add=[], remove=params["tags"])


def _prioritize(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    return marks.prioritize(ticket, by=by, priority=Priority[params["priority"].upper()])


def _snooze(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    until = params.get("until")
    return snooze.snooze(ticket, by=by, until=datetime.fromisoformat(until) if until else None)


def _wake(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    return snooze.wake(ticket, by=by)


def _read(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    if by is None or ticket.agent_id != by.pk:
        raise Refused("ticket_not_yours", "Only the agent who has the ticket can mark it read.")
    return lifecycle.mark_read(ticket, by=by)


def _unread(ticket: Ticket, by: User | None, params: Params) -> Ticket:
    return lifecycle.mark_unread(ticket, by=by)


ACTS: dict[str, Act] = {
    BulkAction.CLOSE: Act("tickets.close", _close),
    BulkAction.TRANSFER: Act("tickets.transfer", _transfer),
    BulkAction.ASSIGN: Act("tickets.transfer", _transfer),
    BulkAction.TAG: Act("tickets.write", _tag),
    BulkAction.UNTAG: Act("tickets.write", _untag),
    BulkAction.PRIORITY: Act("tickets.write", _prioritize),
    BulkAction.SNOOZE: Act("tickets.write", _snooze),
    BulkAction.WAKE: Act("tickets.write", _wake),
    BulkAction.READ: Act("tickets.write", _read),
    BulkAction.UNREAD: Act("tickets.write", _unread),
}
