"""Parked replies: what an agent writes outside the 24-hour window waits for the customer's answer.

A parked message is stored and shown at once, and is no part of any lane. When the customer writes, `settle()` queues
everything that is parked, in the order it was written, in the transaction that stores the customer's message:
whatever is queued later leaves later. If the window closes again first, sending parks it once more. When the
ticket closes, what is parked is cancelled and says why. A crash between any two of these leaves rows that
`sweep()` finds.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.models import User
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import composing, lanes, media, outbound, outcomes, tell
from tickets.actions.composing import WINDOW_GUARD, Draft
from tickets.actions.sending import as_said
from tickets.bulk import update_rows
from tickets.models import Message, Ticket, TicketHistory
from tickets.models.history import HistoryKind
from tickets.models.message import Kind, State
from tickets.models.ticket import WINDOW, Status
from tickets.transport import CannotRender, transport_for

SWEEP_LIMIT = 500
TICK = timedelta(microseconds=1)
RELEASED = ["state", "at", "error", "provider_id", "not_before", "tries", "content"]
CLOSED = outcomes.problem(
    "parked_ticket_closed", "The ticket was closed before the customer answered.", "", "none"
)

Template = dict[str, Any]


def park(
    ticket: Ticket, draft: Draft, *, template: Template | None, by: User | None, voice: bool = False
) -> tuple[list[Message], bool]:
    """Hold what was written, and ask the customer to answer with `template` unless that was done before.

    Answers the messages that were written, then the template's. While the window is open nothing is held and no
    template is paid for: the customer has answered in the meantime.
    """
    if voice:
        for file in draft.attachments:
            media.make_voice_note(file)
    try:
        return _park(ticket, draft, template, by), True
    except (IntegrityError, Refused):
        if known := composing.known(ticket, draft):
            return known, False
        raise


@transaction.atomic
def _park(ticket: Ticket, draft: Draft, template: Template | None, by: User | None) -> list[Message]:
    row = _locked(ticket)
    if not composing.is_shut(row):
        return outbound.send_all(row, draft, by=by)[0]
    asked = _ask(row, draft, template, by)
    if asked:
        row = _locked(ticket)  # as the template left it
    messages = composing.compose(row, draft, by)
    for message in messages:
        message.state = State.PARKED
        message.content = {**message.content, "parked": {"at": now().isoformat(), "with": asked and asked.pk}}
    composing.check(row, draft, messages, parked=True)
    outbound.store(row, messages, by=by)
    return [*messages, *([asked] if asked else [])]


def _locked(ticket: Ticket) -> Ticket:
    row: Ticket = Ticket.objects.select_related("connection", "contact", "company").locked(ticket.pk)
    return row


def _ask(ticket: Ticket, draft: Draft, template: Template | None, by: User | None) -> Message | None:
    """The template, stored first so that it stands above what it asks for."""
    if template is None:
        return None
    again = uuid.uuid5(draft.client_id, "template")
    asked = Draft(again, Kind.TEMPLATE, template=template, seen=draft.seen, anyway=draft.anyway)
    return outbound.send_all(ticket, asked, by=by)[0][0]


def settle(ticket: Ticket) -> list[Message]:
    """What is parked in this locked ticket, after something changed: queued, cancelled, or left to wait."""
    if not (ticket.is_closed or ticket.window_is_open(now() + WINDOW_GUARD)):
        return []
    rows = outcomes.whole().filter(ticket=ticket.pk, state=State.PARKED).order_by("id")
    messages: list[Message] = list(rows.select_for_update(of=("self",)))
    if not messages:
        return []
    for message in messages:
        message.ticket = ticket
    if ticket.is_closed:
        _cancel(messages)
    else:
        _release(ticket, messages)
    for message in messages:
        tell.message_changed(message)
    return messages


def _cancel(messages: list[Message]) -> None:
    at = now().isoformat()
    for message in messages:
        message.state, message.error = State.CANCELLED, CLOSED
        message.content = _noted(message, cancelled_at=at)
    update_rows(messages, ["state", "error", "content"])


def _release(ticket: Ticket, messages: list[Message]) -> None:
    """The thread shows it where the customer reads it: below the answer that it waited for."""
    at = max(now(), ticket.last_message_at + TICK)
    for place, message in enumerate(messages):
        message.state, message.at = State.QUEUED, at + place * TICK
        message.error, message.not_before, message.tries = None, None, 0
        message.provider_id = ""  # of a try that WhatsApp refused because of the window
        message.content = _noted(message, released_at=now().isoformat())
    update_rows(messages, RELEASED)
    ticket.last_message = messages[-1]
    ticket.last_message_at = messages[-1].at
    lane_id = lanes.wake(ticket, saving=["last_message", "last_message_at"])
    outbound.deliver.nudge(ticket.company_id, lane_id)


def answered(tickets: list[tuple[Ticket, datetime | None]]) -> None:
    """Customers wrote: these locked tickets, each with when its customer had written before.

    Nothing can be parked where the window was open anyway, so nearly always this costs no statement.
    """
    shut = now() + WINDOW_GUARD - WINDOW
    for ticket, before in tickets:
        if (before is None or before <= shut) and settle(ticket):
            tell.ticket_changed(ticket)


@transaction.atomic
def rewrite(message: Message, *, body: str) -> Message:
    """Change the words while they wait."""
    ticket = Ticket.objects.select_related("company", "connection").locked(message.ticket_id)
    message = outcomes.locked(message.pk)
    if message.state != State.PARKED:
        raise Refused("wrong_state", f"This cannot be done with a message that is {message.state}.")
    message.body = body.strip()
    if not message.body and not message.has_media:
        raise Refused("body_empty", "Write something.")
    try:
        files = composing.files_of(message)
        transport = transport_for(ticket.connection)
        transport.check_outgoing(as_said(message, ticket.company, transport), files)
    except CannotRender as error:
        raise Refused(error.code, str(error)) from error
    message.content = _noted(message, edited_at=now().isoformat())
    outcomes.change(message, body=message.body, content=message.content)
    if ticket.last_message_id == message.pk:
        tell.ticket_changed(ticket)
    return message


def undone(ticket: Ticket, data: dict[str, Any]) -> None:
    """The closing was taken back, and with it the cancelling of what waited."""
    if data.get("what") != HistoryKind.CLOSED:
        return
    step = TicketHistory.objects.filter(ticket=ticket, kind=HistoryKind.CLOSED).order_by("-id").first()
    rows = outcomes.whole().filter(ticket=ticket, state=State.CANCELLED, error__code=CLOSED["code"])
    since = (step.created_at - timedelta(seconds=5)).isoformat() if step else ""
    messages = list(rows.filter(content__parked__cancelled_at__gte=since).select_for_update(of=("self",)))
    for message in messages:
        message.ticket = ticket
        message.state, message.error = State.PARKED, None
    update_rows(messages, ["state", "error"])
    if not settle(ticket):  # the customer may have written meanwhile
        for message in messages:
            tell.message_changed(message)


@shared_task(base=CompanyTask)
def look(company_id: int, ticket_id: int) -> None:
    """Something was parked again by a story that did not hold the ticket: is that still right?"""
    with transaction.atomic():
        ticket = Ticket.objects.with_parts().select_related("company").locked(ticket_id)
        if settle(ticket):
            tell.ticket_changed(ticket)


@shared_task
def sweep() -> None:
    """Find what should no longer be parked: the customer answered, or the ticket closed."""
    with platform_scope("messages of all companies that are parked without a reason"):
        open_again = Q(ticket__last_customer_at__gt=now() + WINDOW_GUARD - WINDOW)
        rows = Message.objects.filter(open_again | Q(ticket__status=Status.CLOSED), state=State.PARKED)
        found = rows.order_by().values_list("company_id", "ticket_id").distinct()
        for company_id, ticket_id in list(found[:SWEEP_LIMIT]):
            look.nudge(company_id, ticket_id)


def _noted(message: Message, **more: str) -> dict[str, Any]:
    return {**message.content, "parked": {**message.content.get("parked", {}), **more}}
