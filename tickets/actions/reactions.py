"""Agents' emoji on messages: shown at once as being on the way, then as sent, or with the reason why not."""

import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.models import User
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import outcomes, rates, tell
from tickets.actions.sending import addresses_of
from tickets.models import Message, SentReaction, Ticket
from tickets.models.message import Direction, State
from tickets.models.sent_reaction import ReactionState
from tickets.transport import (
    Accepted,
    CannotRender,
    Outcome,
    Outgoing,
    Postponed,
    Receipt,
    transport_for,
)
from tickets.transport import Refused as NotSent

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
HELD_PAUSE = timedelta(seconds=20)
MAX_TRIES = 6
SWEEP_LIMIT = 200


@transaction.atomic
def react(message: Message, emoji: str, *, by: User | None) -> Message:
    """Put this emoji on the message, in place of an earlier one of ours; "" takes it off."""
    ticket = Ticket.objects.with_parts().select_related("company").locked(message.ticket_id)
    message = _locked(message.pk)
    _require_possible(ticket, message)
    row, _ = SentReaction.objects.get_or_create(message=message, defaults={"state": ReactionState.SENT})
    if not emoji and not row.emoji and row.state != ReactionState.FAILED:
        return message
    row.author, row.emoji, row.state, row.cookie = by, emoji, ReactionState.QUEUED, uuid.uuid4()
    row.tries, row.due_at = 0, now()
    row.save()
    _show(message, row, by)
    deliver.nudge(message.company_id, row.pk)
    return message


@shared_task(base=CompanyTask)
def deliver(company_id: int, reaction_id: int) -> None:
    """One try. A second run finds it taken, or done."""
    taken = SentReaction.objects.filter(pk=reaction_id, due_at__lte=now())
    if not taken.update(due_at=now() + LEASE, tries=F("tries") + 1):
        return
    row = SentReaction.objects.select_related(
        "message__connection", "message__ticket__contact", "author"
    ).get(pk=reaction_id)
    connection = row.message.connection
    pause = (
        HELD_PAUSE.total_seconds()
        if connection.is_held
        else rates.take(connection.pk, row.message.ticket.contact_id)
    )
    if pause:
        mine = SentReaction.objects.filter(pk=row.pk, cookie=row.cookie)
        mine.update(due_at=now() + timedelta(seconds=pause), tries=F("tries") - 1)
        return
    _settle(row, _submit(row))


@shared_task
def sweep() -> None:
    """Find what no nudge will wake: lost nudges, waits that are over."""
    with platform_scope("reactions of all companies that are due"):
        due = SentReaction.objects.filter(due_at__lte=now()).order_by("due_at")
        for company_id, pk in list(due.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            deliver.nudge(company_id, pk)


def take_receipts(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Apply those that speak of reactions, and answer the others."""
    cookies = {receipt.cookie for receipt in receipts if _is_uuid(receipt.cookie)}
    found = (
        {str(row.cookie): row for row in SentReaction.objects.filter(cookie__in=cookies)} if cookies else {}
    )
    for receipt in receipts:
        row = found.get(receipt.cookie)
        if row is not None and receipt.state == State.FAILED:
            error = receipt.error or {}
            _fail(row, str(error.get("code", "failed")), str(error.get("title", "")))
    return [receipt for receipt in receipts if receipt.cookie not in found]


def _require_possible(ticket: Ticket, message: Message) -> None:
    transport = transport_for(ticket.connection)
    if "reaction" not in transport.kinds:
        raise Refused("kind_unsupported", "This channel has no reactions.")
    if message.direction == Direction.INTERNAL or not message.provider_id:
        raise Refused(
            "not_reactable", "Only a message that reached the customer, or came from them, can have one."
        )
    if ticket.is_closed:
        raise Refused("ticket_closed", "Reopen the ticket to write to this customer.")
    if ticket.connection.is_deleted:
        raise Refused("connection_deleted", "The number of this ticket was removed.")
    if transport.has_window and not ticket.window_is_open(now()):
        raise Refused("window_closed", "The customer wrote more than 24 hours ago.")


def _submit(row: SentReaction) -> Outcome:
    message = row.message
    transport = transport_for(message.connection)
    outgoing = Outgoing(
        message=message,
        contact=message.ticket.contact,
        addresses=addresses_of(message.ticket.contact, message.connection),
        cookie=str(row.cookie),
        reply_to=message.provider_id,
        reaction=row.emoji,
    )
    try:
        request = transport.render(message.connection, outgoing)
    except CannotRender as error:
        return NotSent(error.code, "The reaction cannot be sent.", str(error))
    return transport.submit(message.connection, request)


def _settle(row: SentReaction, outcome: Outcome) -> None:
    if isinstance(outcome, Accepted):
        _finish(row)
    elif isinstance(outcome, NotSent):
        _fail(row, outcome.code, outcome.title or outcome.detail)
        if outcome.hold:
            outcomes.hold(row.message.connection_id, outcome.title or outcome.detail, outcome.code)
    elif row.tries >= MAX_TRIES:
        _fail(row, "gave_up", "It was tried many times.")
    else:
        asked = outcome.seconds if isinstance(outcome, Postponed) else 0
        again = now() + timedelta(seconds=max(asked, 2.0**row.tries))
        SentReaction.objects.filter(pk=row.pk, cookie=row.cookie).update(due_at=again)


@transaction.atomic
def _finish(row: SentReaction) -> None:
    message = _locked(row.message_id)
    mine = SentReaction.objects.filter(pk=row.pk, cookie=row.cookie, state=ReactionState.QUEUED)
    if mine.update(state=ReactionState.SENT, was=row.emoji, due_at=None):
        row.state = ReactionState.SENT
        _show(message, row, row.author)


@transaction.atomic
def _fail(row: SentReaction, code: str, detail: str) -> None:
    """The customer still sees what they saw before."""
    message = _locked(row.message_id)
    if SentReaction.objects.filter(pk=row.pk, cookie=row.cookie).update(
        state=ReactionState.FAILED, due_at=None
    ):
        row.state = ReactionState.FAILED
        _show(message, row, row.author, error={"code": code, "detail": detail})


def _show(
    message: Message, row: SentReaction, by: User | None, *, error: dict[str, str] | None = None
) -> None:
    """The company's entry among the message's reactions."""
    others = [one for one in message.reactions if one["by"] != "agent"]
    # Taking off is shown as done; when it fails, what could not be taken off is there again.
    emoji = row.emoji or (row.was if row.state == ReactionState.FAILED else "")
    entry: dict[str, Any] = {
        "emoji": emoji, "by": "agent", "name": by.name if by else "", "at": now().isoformat(),
        "state": row.state, "error": error,
    }  # fmt: skip
    message.reactions = [*others, entry] if emoji else others
    message.save(update_fields=["reactions"])
    tell.message_changed(message)


def _locked(message_id: int) -> Message:
    rows = Message.objects.with_parts().select_related("ticket")
    message: Message = rows.select_for_update(of=("self",)).get(pk=message_id)
    return message


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
