"""The life of a ticket: waiting, taken by an agent, handed on, closed, opened again.

Every story locks the row first, because two people may press the same button at once.
"""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.models import User
from tickets.actions import (
    afterwards,
    closing,
    following,
    notices,
    parking,
    reading,
    sla,
    snooze,
    steps,
    tell,
    word,
)
from tickets.actions.opening import ONE_LIVE, bring_back, other_open_ticket
from tickets.actions.opening import contact_with as contact_with
from tickets.actions.opening import open_for as open_for
from tickets.actions.opening import ticket_for as ticket_for
from tickets.models import Message, Queue, Ticket
from tickets.models.history import HistoryKind
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Awaiting, Status

PLACE = ("queue_id", "agent_id", "status", "opened_at", "awaiting", *snooze.COLUMNS)
END = (
    "status",
    "closed_at",
    "waiting_since",
    "unread_count",
    "agent_id",
    "awaiting",
    *snooze.COLUMNS,
    *sla.FIELDS,
)


@transaction.atomic
def accept(ticket: Ticket, *, by: User) -> Ticket:
    """Take a waiting ticket. Of two agents who press at once, the second is told who has it."""
    ticket = Ticket.objects.locked(ticket.pk)
    _refuse_closed(ticket)
    if ticket.agent_id == by.pk:
        return ticket
    if ticket.agent is not None:
        raise Refused(
            "ticket_already_accepted",
            f"{ticket.agent.name} already has this ticket.",
            agent={"id": ticket.agent.pk, "name": ticket.agent.name},
        )
    before, was = ticket.audience(), steps.snapshot(ticket, *PLACE)
    ticket.status = Status.OPEN
    ticket.agent = by
    ticket.opened_at = now()
    _move(ticket, by=by)
    steps.record(ticket, HistoryKind.ACCEPTED, by=by, was=was)
    tell.ticket_changed(ticket, also=before)
    notices.settled(ticket)
    afterwards.begin(ticket, HistoryKind.ACCEPTED, by=by)
    return ticket


@transaction.atomic
def transfer(
    ticket: Ticket,
    *,
    by: User | None,
    queue: Queue | None = None,
    agent: User | None = None,
    note: str = "",
    message: str = "",
) -> Ticket:
    """To an agent: it is theirs. To a queue alone: it waits there for somebody.

    `note` is for colleagues. `message` is sent to the customer once the transfer can no longer be undone.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    _refuse_closed(ticket)
    before, was, columns = ticket.audience(), _place(ticket), steps.snapshot(ticket, *PLACE)
    if queue is not None:
        ticket.queue = queue
    ticket.agent = agent
    ticket.status = Status.OPEN if agent else Status.PENDING
    ticket.opened_at = (ticket.opened_at or now()) if agent else None
    _move(ticket, left=columns["agent_id"], by=by)
    is_now = _place(ticket)
    data = {f"from_{part}": was[part] for part in was} | {f"to_{part}": is_now[part] for part in is_now}
    steps.record(ticket, HistoryKind.TRANSFERRED, by=by, was=columns, data=data)
    if note:
        _write_note(ticket, by, note)
    tell.ticket_changed(ticket, also=before)
    if agent is not None:
        notices.assigned(ticket, agent.pk, by=by)
    afterwards.begin(ticket, HistoryKind.TRANSFERRED, by=by, message=message)
    return ticket


@transaction.atomic
def close(
    ticket: Ticket, *, by: User | None, complete: bool = True, silent: bool = False, because: str = ""
) -> Ticket:
    """End the conversation. Who closes a waiting ticket keeps it, to find it again.

    `complete`: refuse when the company's required tag or fields are missing; rules that close by themselves
    do not ask. `silent`: the customer is told nothing and asked nothing. `because`: which rule closes it.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    if ticket.is_closed:
        raise Refused("ticket_already_closed", "This ticket is already closed.")
    if complete:
        closing.refuse_incomplete(ticket)
    was = steps.snapshot(ticket, *END)
    _close(ticket, by)
    steps.record(ticket, HistoryKind.CLOSED, by=by, was=was, data={"because": because} if because else {})
    afterwards.begin(ticket, HistoryKind.CLOSED, by=by, silent=silent)
    return ticket


@transaction.atomic
def reopen(ticket: Ticket, *, by: User | None) -> Ticket:
    """The agent goes on with a closed conversation. Refused while another one with the customer is live."""
    ticket = Ticket.objects.locked(ticket.pk)
    if not ticket.is_closed:
        raise Refused("ticket_not_closed", "This ticket is not closed.")
    if ticket.merged_into_id is not None:
        raise Refused(
            "ticket_merged", "Its messages are in another ticket now.", ticket=ticket.merged_into_id
        )
    before = ticket.audience()
    with unless_taken({ONE_LIVE: lambda: other_open_ticket(ticket.connection_id, ticket.contact_id)}):
        bring_back(ticket, kind=HistoryKind.REOPENED, by=by)
    if by is not None:
        ticket.status, ticket.agent, ticket.opened_at = Status.OPEN, by, now()
        ticket.save(update_fields=dict.fromkeys(["status", "agent", "opened_at", *word.taken(ticket)]))
    following.moved(ticket, by_person=by is not None)
    tell.ticket_changed(ticket, also=before)
    return ticket


@transaction.atomic
def mark_read(ticket: Ticket, *, by: User | None) -> Ticket:
    """The owner has seen what came in, and the customer may know. Others only look."""
    ticket = Ticket.objects.locked(ticket.pk)
    if not ticket.unread_count or by is None or ticket.agent_id != by.pk:
        return ticket
    ticket.unread_count = 0
    ticket.save(update_fields=["unread_count"])
    tell.ticket_changed(ticket)
    reading.show_read.nudge(ticket.company_id, ticket.pk)
    return ticket


@transaction.atomic
def mark_unread(ticket: Ticket, *, by: User | None) -> Ticket:
    """The owner comes back to it later. Only the mark in the list: the customer's ticks stay blue."""
    ticket = Ticket.objects.locked(ticket.pk)
    _refuse_closed(ticket)
    if by is None or ticket.agent_id != by.pk:
        raise Refused("ticket_not_yours", "Only the agent who has the ticket can mark it unread.")
    if not ticket.unread_count:
        ticket.unread_count = 1
        ticket.save(update_fields=["unread_count"])
        tell.ticket_changed(ticket)
    return ticket


@transaction.atomic
def delete(ticket: Ticket, *, by: audit.Actor) -> None:
    """Hide a ticket from everyone; consoles see it close and drop it."""
    ticket = Ticket.objects.locked(ticket.pk)
    ticket.deleted_at = now()
    ticket.save(update_fields=["deleted_at"])
    if not ticket.is_closed:
        _close(ticket, None, by_person=True)
    audit.record("ticket.deleted", actor=by, target=f"ticket:{ticket.pk}", data={"number": ticket.number})


@transaction.atomic
def return_tickets_of(user: User) -> None:
    """Somebody left the company: their open tickets wait for somebody else."""
    for ticket in Ticket.objects.live().filter(agent=user).order_by("id").select_for_update():
        before = ticket.audience()
        bring_back(ticket, kind=HistoryKind.RETURNED, by=None, reason="agent_left", from_agent=_named(user))
        following.moved(ticket)
        tell.ticket_changed(ticket, also=before)


def _close(ticket: Ticket, by: User | None, *, by_person: bool = False) -> None:
    before = ticket.audience()
    taken = word.taken(ticket) if by is not None or by_person else []
    ticket.status = Status.CLOSED
    ticket.closed_at = now()
    ticket.waiting_since = None
    ticket.unread_count = 0
    ticket.agent = ticket.agent or by
    ticket.awaiting = Awaiting.NOTHING
    ticket.snoozed_at = ticket.snoozed_until = None
    ticket.save(update_fields=dict.fromkeys([*END, *taken]))
    snooze.keep_time(ticket)
    following.moved(ticket, left=ticket.agent_id)
    parking.settle(ticket)
    tell.ticket_changed(ticket, also=before)


def _move(ticket: Ticket, *, left: int | None = None, by: User | None) -> None:
    """Save where it is now; whoever has it now has it awake."""
    taken = word.taken(ticket) if by is not None else []
    ticket.awaiting = Awaiting.NOTHING  # people have the word now
    ticket.snoozed_at = ticket.snoozed_until = None
    ticket.save(update_fields=dict.fromkeys([*PLACE, *taken]))
    snooze.keep_time(ticket)
    following.moved(ticket, left=left, by_person=by is not None)


def _refuse_closed(ticket: Ticket) -> None:
    if ticket.is_closed:
        raise Refused("ticket_closed", "This ticket is closed. Open it again first.")


def _place(ticket: Ticket) -> dict[str, Any]:
    return {"queue": _named(ticket.queue), "agent": _named(ticket.agent)}


def _named(row: Queue | User | None) -> dict[str, Any] | None:
    return {"id": row.pk, "name": row.name} if row else None


def _write_note(ticket: Ticket, by: User | None, note: str) -> None:
    """What the next agent should know; the customer never sees it."""
    message = Message(
        ticket=ticket, connection_id=ticket.connection_id, direction=Direction.INTERNAL, kind=Kind.NOTE,
        body=note, author=by, state=State.RECEIVED, at=now(),
    )  # fmt: skip
    message.save()
    tell.message_created(message)
