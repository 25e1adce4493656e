"""Agents change what a customer has already: other words, or deleted for everyone. Linked phones and gateways can;
Meta's Cloud API cannot. Shown as being on the way, then as done, or with the reason why not."""

import copy
import uuid
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import NotAllowed, Refused
from tenants.actions import audit
from tenants.models import User
from tenants.scoping import CompanyTask
from tickets.actions import amendments, sending, tell, wishes
from tickets.models import Message, SentChange, Ticket
from tickets.models.message import RANK, Direction, Kind, State
from tickets.models.sent_change import ChangeKind
from tickets.models.wish import WishState
from tickets.transport import Edit, Outcome, Outgoing, Removal, transport_for

# As on the phone: WhatsApp ignores what comes later.
CORRECTABLE, REMOVABLE = timedelta(minutes=15), timedelta(hours=48)
IN_CONTENT = "change"  # how far it is, for consoles


@transaction.atomic
def correct(message: Message, body: str, *, by: User) -> Message:
    """Other words, for who wrote it and not later than a phone would."""
    message = _ready(message, ChangeKind.CORRECTION, CORRECTABLE)
    if message.author_id != by.pk:
        raise NotAllowed("message_of_another", "Only who wrote a message can change its words.")
    if message.kind != Kind.TEXT:
        raise Refused("not_correctable", "Only words can be changed.")
    if not body.strip():
        raise Refused("body_empty", "Write something first.")
    return _wish(message, ChangeKind.CORRECTION, body, by)


@transaction.atomic
def remove(message: Message, *, by: User, of_others: bool) -> Message:
    """Deleted for everyone; an administrator may do so with anybody's."""
    message = _ready(message, ChangeKind.REMOVAL, REMOVABLE)
    if message.author_id != by.pk and not of_others:
        raise NotAllowed("message_of_another", "Only an administrator can delete a message of somebody else.")
    audit.record(
        "message.removed", actor=by, target=f"message:{message.pk}", data={"ticket": message.ticket_id}
    )
    return _wish(message, ChangeKind.REMOVAL, "", by)


@shared_task(base=CompanyTask)
def deliver(company_id: int, change_id: int) -> None:
    """One try. A second run finds it taken, or done."""
    rows = SentChange.objects.select_related("message__connection", "message__ticket__contact", "author")
    row = wishes.take(rows.select_related("message__author", "message__ticket__company"), change_id)
    if row is not None:
        wishes.settle(row, _submit(row), finish=_finish, fail=_fail)


@shared_task
def sweep() -> None:
    wishes.sweep(SentChange, deliver, "corrections of all companies that are due")


def _ready(message: Message, kind: ChangeKind, within: timedelta) -> Message:
    """The locked message, if its channel can still change it."""
    ticket = Ticket.objects.with_parts().locked(message.ticket_id)
    message = wishes.locked(message.pk)
    if kind not in transport_for(message.connection).kinds:
        raise Refused("not_changeable", "This channel cannot change what a customer has already.")
    is_there = message.provider_id and RANK.get(State(message.state), 0) >= RANK[State.ACCEPTED]
    if message.direction != Direction.OUT or not is_there or message.removed_at is not None:
        raise Refused("not_correctable", "Only a message of ours that reached WhatsApp can be changed.")
    if now() - message.at > within:
        raise Refused("too_late_to_change", "WhatsApp no longer lets anybody change this message.")
    if ticket.connection.is_deleted:
        raise Refused("connection_deleted", "The number of this ticket was removed.")
    return message


def _wish(message: Message, kind: ChangeKind, body: str, by: User) -> Message:
    values = {
        "author": by, "kind": kind, "body": body, "state": WishState.QUEUED, "asked_at": now(),
        "cookie": uuid.uuid4(), "tries": 0, "due_at": now(),
    }  # fmt: skip
    row, _ = SentChange.objects.update_or_create(message=message, defaults=values)
    _show(message, row)
    deliver.nudge(message.company_id, row.pk)
    return message


def _submit(row: SentChange) -> Outcome:
    message = row.message
    transport = transport_for(message.connection)
    said = copy.copy(message)
    said.body, said.edited_at = row.body, row.asked_at
    outgoing = Outgoing(
        message=sending.as_said(said, message.ticket.company, transport),
        contact=message.ticket.contact,
        addresses=sending.addresses_of(message.ticket.contact, message.connection),
        cookie=str(row.cookie),
        reply_to=message.provider_id,
        change=row.kind,
    )
    return wishes.submit(message, outgoing, impossible="The change cannot be sent.")


@transaction.atomic
def _finish(row: SentChange) -> None:
    """From here on as if the phone had told it: the words before are kept."""
    message = wishes.locked(row.message_id)
    if not wishes.finished(row, body=""):
        return
    message.content = {key: value for key, value in message.content.items() if key != IN_CONTENT}
    message.save(update_fields=["content"])
    if row.kind == ChangeKind.REMOVAL:
        amendments.remove(message.connection, Removal(message.provider_id, row.asked_at))
    else:
        amendments.edit(message.connection, Edit(message.provider_id, row.body, row.asked_at))


@transaction.atomic
def _fail(row: SentChange, code: str, detail: str) -> None:
    """The customer still reads what they read before."""
    message = wishes.locked(row.message_id)
    if wishes.failed(row):
        _show(message, row, error={"code": code, "detail": detail})


def _show(message: Message, row: SentChange, *, error: dict[str, str] | None = None) -> None:
    shown: dict[str, Any] = {"kind": row.kind, "body": row.body, "state": row.state, "error": error}
    message.content = {**message.content, IN_CONTENT: shown}
    message.save(update_fields=["content"])
    tell.message_changed(message)
