"""Agents' emoji on messages: shown at once as being on the way, then as sent, or with the reason why not."""

import uuid
from collections.abc import Sequence
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.models import User
from tenants.scoping import CompanyTask
from tickets.actions import tell, wishes
from tickets.actions.sending import addresses_of
from tickets.models import Message, SentReaction, Ticket
from tickets.models.message import Direction, State
from tickets.models.wish import WishState
from tickets.transport import Outcome, Outgoing, Receipt, transport_for


@transaction.atomic
def react(message: Message, emoji: str, *, by: User | None) -> Message:
    """Put this emoji on the message, in place of an earlier one of ours; "" takes it off."""
    ticket = Ticket.objects.with_parts().select_related("company").locked(message.ticket_id)
    message = wishes.locked(message.pk)
    _require_possible(ticket, message)
    row, _ = SentReaction.objects.get_or_create(message=message, defaults={"state": WishState.SENT})
    if not emoji and not row.emoji and row.state != WishState.FAILED:
        return message
    row.author, row.emoji, row.state, row.cookie = by, emoji, WishState.QUEUED, uuid.uuid4()
    row.tries, row.due_at = 0, now()
    row.save()
    _show(message, row, by)
    deliver.nudge(message.company_id, row.pk)
    return message


@shared_task(base=CompanyTask)
def deliver(company_id: int, reaction_id: int) -> None:
    """One try. A second run finds it taken, or done."""
    rows = SentReaction.objects.select_related("message__connection", "message__ticket__contact", "author")
    row = wishes.take(rows, reaction_id)
    if row is not None:
        wishes.settle(row, _submit(row), finish=_finish, fail=_fail)


@shared_task
def sweep() -> None:
    wishes.sweep(SentReaction, deliver, "reactions of all companies that are due")


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
    outgoing = Outgoing(
        message=message,
        contact=message.ticket.contact,
        addresses=addresses_of(message.ticket.contact, message.connection),
        cookie=str(row.cookie),
        reply_to=message.provider_id,
        reaction=row.emoji,
    )
    return wishes.submit(message, outgoing, impossible="The reaction cannot be sent.")


@transaction.atomic
def _finish(row: SentReaction) -> None:
    message = wishes.locked(row.message_id)
    if wishes.finished(row, was=row.emoji):
        _show(message, row, row.author)


@transaction.atomic
def _fail(row: SentReaction, code: str, detail: str) -> None:
    """The customer still sees what they saw before."""
    message = wishes.locked(row.message_id)
    if wishes.failed(row):
        _show(message, row, row.author, error={"code": code, "detail": detail})


def _show(
    message: Message, row: SentReaction, by: User | None, *, error: dict[str, str] | None = None
) -> None:
    """The company's entry among the message's reactions."""
    others = [one for one in message.reactions if one["by"] != "agent"]
    # Taking off is shown as done; when it fails, what could not be taken off is there again.
    emoji = row.emoji or (row.was if row.state == WishState.FAILED else "")
    entry: dict[str, Any] = {
        "emoji": emoji, "by": "agent", "name": by.name if by else "", "at": now().isoformat(),
        "state": row.state, "error": error,
    }  # fmt: skip
    message.reactions = [*others, entry] if emoji else others
    message.save(update_fields=["reactions"])
    tell.message_changed(message)


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
