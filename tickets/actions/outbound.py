"""Everything that leaves: agents, bots and programs all send through `send()`.

A message is stored as queued and told to consoles; its lane is woken in the same transaction. `deliver()`
works a lane in the order the messages were written. What was committed here ends in a state that people see:
accepted, failed, expired, cancelled or doubtful.
"""

import logging
import uuid
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.models import User
from tenants.scoping import CompanyTask, platform_scope
from tenants.statements import Later, Statement
from tickets.actions import (
    claims,
    composing,
    drafts,
    following,
    lanes,
    media,
    participants,
    sending,
    tell,
    watching,
    word,
)
from tickets.actions.composing import MEDIA, Draft
from tickets.actions.outcomes import change, locked
from tickets.models import Attachment, Message, OutboundLane, Ticket
from tickets.models.attachment import State as FileState
from tickets.models.message import Direction, Kind, State
from tickets.models.personal import Draft as Drafted

logger = logging.getLogger(__name__)

TURNS = 50  # then the lane goes to the end of the queue, so that others have theirs
SWEEP_LIMIT = 500


def send(
    ticket: Ticket,
    *,
    by: User | None,
    client_id: uuid.UUID,
    kind: str = Kind.TEXT,
    body: str = "",
    attachments: tuple[Attachment, ...] = (),
    reply_to: Message | None = None,
    template: dict[str, Any] | None = None,
    voice: bool = False,
) -> tuple[Message, bool]:
    """Queue a message. The same `client_id` again answers with the message that is already there."""
    draft = Draft(client_id, kind, body, attachments, reply_to, template)
    messages, created = send_all(ticket, draft, by=by, voice=voice)
    return messages[0], created


def send_all(
    ticket: Ticket, draft: Draft, *, by: User | None, voice: bool = False
) -> tuple[list[Message], bool]:
    """The same, answering every message: WhatsApp carries one file each, so four photos are four messages."""
    if voice:
        for file in draft.attachments:
            media.make_voice_note(file)
    try:
        return _send(ticket, draft, by), True
    except (IntegrityError, Refused):
        # Perhaps this is a repeated request, or another with its client_id was faster by a moment.
        if known := composing.known(ticket, draft):
            return known, False
        raise


@transaction.atomic
def _send(ticket: Ticket, draft: Draft, by: User | None) -> list[Message]:
    ticket, has_draft = _locked(ticket, by)
    messages = composing.compose(ticket, draft, by)
    composing.check(ticket, draft, messages)
    is_note = draft.kind == Kind.NOTE
    if not (is_note or draft.anyway):
        claims.refuse_when_answered(ticket, by=by, seen=draft.seen)
    hold = _hold(ticket, messages, by)
    _save(messages)
    if is_note:
        word.take(ticket)
        participants.mention(ticket, messages[0], draft.mentions, by=by)
        tell.message_created(messages[0])
        return messages
    if by is not None:
        if claims.stops(ticket, by=by):
            watching.tell(ticket)
        if has_draft:
            drafts.clear(ticket, by=by)
    was, taken = ticket.awaiting, [] if draft.automatic else word.taken(ticket)
    changed = _speak(ticket, messages[-1], is_answer=not draft.automatic)
    lane_id = lanes.wake(ticket, saving=dict.fromkeys([*changed, *taken]))
    if was != ticket.awaiting:
        following.moved(ticket, by_person=True)
    for message in messages:
        tell.message_created(message)
    tell.ticket_changed(ticket)
    deliver.nudge(ticket.company_id, lane_id, countdown=hold)
    return messages


def store(ticket: Ticket, messages: list[Message], *, by: User | None) -> None:
    """Keep what waits outside of any lane, in a locked ticket. The customer has not been answered by it."""
    _save(messages)
    if by is not None and Drafted.objects.written().filter(ticket=ticket, user=by).exists():
        drafts.clear(ticket, by=by)
    taken = word.taken(ticket)
    ticket.save(update_fields=dict.fromkeys([*_speak(ticket, messages[-1], is_answer=False), *taken]))
    for message in messages:
        tell.message_created(message)
    tell.ticket_changed(ticket)


def _save(messages: list[Message]) -> None:
    for message in messages:
        message.save()
        _tie(message, composing.files_of(message))


def _locked(ticket: Ticket, by: User | None) -> tuple[Ticket, bool]:
    """And whether the author has a draft in it: emptying one that is not there would be a statement more."""
    row = _locked_ticket.rows(pk=ticket.pk, by=by and by.pk)[0]
    return row, row.has_draft


@Statement
def _locked_ticket() -> Any:
    rows = Ticket.objects.select_related("connection", "company").select_for_update(of=("self",))
    draft = Drafted.objects.written().filter(ticket=OuterRef("pk"), user=Later("by"))
    return rows.filter(pk=Later("pk")).annotate(has_draft=Exists(draft))


def _hold(ticket: Ticket, messages: list[Message], by: User | None) -> int:
    """Seconds in which a person can take the message back. Everything behind it waits as well."""
    seconds: int = ticket.company.option("undo_send_seconds") if by is not None else 0
    if seconds:
        for message in messages:
            message.not_before = message.at + timedelta(seconds=seconds)
    return seconds


def _tie(message: Message, files: list[Attachment]) -> None:
    """A file belongs to one message: of two requests that use the same upload, the second is refused."""
    for file in files:
        free = Attachment.objects.filter(pk=file.pk, message=None, state=FileState.STORED)
        if not free.update(message=message, is_voice=file.is_voice):
            raise Refused("attachment_used", "This file was already sent. Upload it again.")
        file.message = message
        media.stored(file)


def _speak(ticket: Ticket, message: Message, *, is_answer: bool) -> list[str]:
    """Its newest message is ours; answers the fields to save.

    What the helpdesk says by itself is no answer: the customer still waits for somebody.
    """
    ticket.last_message = message
    ticket.last_message_at = message.at
    fields = ["last_message", "last_message_at", "waiting_since"]
    if is_answer:
        ticket.waiting_since = None
        fields += following.answered(ticket)
    return fields


@shared_task(base=CompanyTask)
def deliver(company_id: int, lane_id: int) -> None:
    """Send what waits in this lane, one after the other. A second run finds the lane taken, or empty."""
    lane = lanes.take(lane_id)
    if lane is None:
        return
    message = lanes.first_message(lane)
    for _ in range(TURNS):
        if message is None:
            return
        message = sending.take_turn(lane, message)
    if message is not None:
        lanes.release(lane, now())
        deliver.nudge(company_id, lane_id)


@shared_task
def sweep() -> None:
    """Find what no nudge will wake: lost nudges, waits that are over, lanes of workers that died."""
    with platform_scope("outbound lanes of all companies that are due"):
        due = OutboundLane.objects.filter(due_at__lte=now()).exclude(leased_until__gt=now())
        for company_id, lane_id in list(due.order_by("due_at").values_list("company_id", "pk")[:SWEEP_LIMIT]):
            deliver.nudge(company_id, lane_id)


@transaction.atomic
def retry(message: Message, *, by: User | None) -> Message:
    """Send it again because a person says so. Among what waits, it keeps the place it was written at."""
    message = _in_state(message, {State.FAILED, State.EXPIRED, State.DOUBTFUL})
    ticket = Ticket.objects.with_parts().select_related("company").get(pk=message.ticket_id)
    kind = MEDIA if message.has_media else message.kind
    composing.check(ticket, Draft(uuid.uuid4(), kind), [message])
    # What the provider knew of the last try may be what was wrong with it.
    Attachment.objects.filter(message=message).update(remote={})
    message.content = word.unmarked(message.content)
    change(
        message, state=State.QUEUED, error=None, provider_id="", tries=0, not_before=now(), content=message.content
    )  # fmt: skip
    deliver.nudge(message.company_id, lanes.wake(ticket))
    _log("message retried", message, by)
    return message


@transaction.atomic
def dismiss(message: Message, *, by: User | None) -> Message:
    """An agent decides that a doubtful message counts as not sent."""
    message = _in_state(message, {State.DOUBTFUL})
    error = {"code": "dismissed", "title": "Marked as not sent.", "detail": "", "action": "retry"}
    change(message, state=State.FAILED, error=error)
    _log("message dismissed", message, by)
    return message


@transaction.atomic
def cancel(message: Message, *, by: User | None) -> Message:
    """Take back what has not left yet."""
    ticket = Ticket.objects.locked(message.ticket_id)
    message = _in_state(message, {State.QUEUED, State.PARKED})
    # Its files can be sent again: the text and they go back to where they were written.
    Attachment.objects.filter(message=message).update(message=None, remote={})
    change(message, state=State.CANCELLED, not_before=None)
    _drop_from_list(ticket, message)
    _log("message cancelled", message, by)
    return message


def _drop_from_list(ticket: Ticket, message: Message) -> None:
    """A list shows the newest message that stands."""
    if ticket.last_message_id != message.pk:
        return
    standing = Message.objects.filter(ticket=ticket).exclude(state=State.CANCELLED)
    ticket.last_message = standing.exclude(direction=Direction.INTERNAL).order_by("-at", "-id").first()
    ticket.save(update_fields=["last_message"])
    tell.ticket_changed(ticket)


def resume(connection_id: int) -> None:
    """The connection works again: what waited for it leaves now instead of at the next look."""
    waiting = OutboundLane.objects.filter(connection=connection_id, due_at__isnull=False, due_at__gt=now())
    waiting.update(due_at=now())


def _in_state(message: Message, allowed: set[State]) -> Message:
    row = locked(message.pk)
    if row.direction != Direction.OUT or row.state not in allowed:
        raise Refused("wrong_state", f"This cannot be done with a message that is {row.state}.")
    return row


def _log(what: str, message: Message, by: User | None) -> None:
    logger.info(what, extra={"fields": {"message_id": message.pk, "by": by.pk if by else None}})
