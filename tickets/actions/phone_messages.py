"""What a phone tells that shares its number with us: what somebody wrote there just now, and chats of the past.

Neither opens the 24-hour window, and nobody is alarmed: a person of the company wrote the one, and the other is
long over. A chat of the past goes into one closed ticket per customer, with its own dates.
"""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from tickets.actions import answering, following, media, opening, tell, timers, word
from tickets.actions.recognition import recognise
from tickets.models import Attachment, Connection, Message, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Awaiting
from tickets.transport import PhoneMessage

IMPORTED = "imported"  # marks the ticket of the past, in its dialogue
PLACEHOLDER = "media_placeholder"


@transaction.atomic(savepoint=False)
def take(connection: Connection, said: PhoneMessage) -> Message:
    """Keep it once, whichever way it comes: live, as an echo, or in a history."""
    rows = Message.objects.filter(connection=connection, provider_id=said.provider_id)
    known: Message | None = rows.select_related("ticket").first()
    if known is not None:
        _fill(known, said)
        return known
    return _remember(connection, said) if said.is_past else _echo(connection, said)


def _echo(connection: Connection, said: PhoneMessage) -> Message:
    """Somebody answers on the phone: a human act, after which nothing here speaks by itself."""
    contact, _ = recognise(said.peer, at=said.at)
    ticket, is_new = opening.ticket_for(connection, contact, at=said.at)
    ticket.contact, ticket.connection = contact, connection
    taken = word.taken(ticket)
    message = _message(ticket, said, by_phone=True)
    message.save()
    _announce(message, said)
    fields = [*taken, "waiting_since", "unread_count", "awaiting", "dialogue"]
    if ticket.last_message_id is None or message.at >= ticket.last_message_at:
        ticket.last_message, ticket.last_message_at = message, message.at
        fields += ["last_message", "last_message_at"]
    ticket.waiting_since, ticket.unread_count, ticket.awaiting = None, 0, Awaiting.NOTHING
    ticket.dialogue = {**ticket.dialogue, answering.BY_HAND: True}
    ticket.save(update_fields=dict.fromkeys([*fields, *following.answered(ticket)]))
    timers.stop(answering.TIMER, ticket=ticket)
    tell.message_created(message)
    (tell.ticket_created if is_new else tell.ticket_changed)(ticket)
    return message


def _remember(connection: Connection, said: PhoneMessage) -> Message:
    """A message of the past: no unread, no notice, no promise, no events."""
    contact, _ = recognise(said.peer, at=said.at)
    rows = Ticket.objects.filter(connection=connection, contact=contact, dialogue__imported=True)
    ticket: Ticket | None = rows.select_for_update().first()
    if ticket is None:
        ticket = opening.kept_closed(connection, contact, at=said.at, dialogue={IMPORTED: True})
    message = _message(ticket, said, imported=True)
    message.save()
    _announce(message, said)
    if ticket.last_message_id is None or message.at >= ticket.last_message_at:
        ticket.last_message, ticket.last_message_at = message, message.at
    if ticket.is_closed:
        ticket.closed_at = max(ticket.closed_at or message.at, message.at)
    ticket.save(update_fields=["last_message", "last_message_at", "closed_at"])
    return message


def _fill(message: Message, said: PhoneMessage) -> None:
    """The file behind a placeholder has come."""
    if said.file is None or message.content.get("type") != PLACEHOLDER:
        return
    message.kind, message.body = said.kind, said.body
    message.content = {IMPORTED: True, **said.content}
    message.save(update_fields=["kind", "body", "content"])
    _announce(message, said)


def _message(ticket: Ticket, said: PhoneMessage, **marks: Any) -> Message:
    is_ours = said.direction == Direction.OUT
    return Message(
        company_id=ticket.company_id,
        ticket=ticket,
        connection_id=ticket.connection_id,
        direction=said.direction,
        kind=said.kind if said.kind in Kind.values else Kind.UNSUPPORTED,
        body=said.body,
        content={**said.content, **marks},
        state=said.state if is_ours else State.RECEIVED,
        provider_id=said.provider_id,
        reply_to_provider_id=said.reply_to,
        reply_to=_quoted(ticket, said),
        heard_from=None if is_ours else [f"{one.kind}:{one.value}" for one in said.peer.addresses],
        at=said.at,
    )


def _quoted(ticket: Ticket, said: PhoneMessage) -> Message | None:
    if not said.reply_to:
        return None
    found: Message | None = Message.objects.filter(
        connection=ticket.connection_id, provider_id=said.reply_to
    ).first()
    return found


def _announce(message: Message, said: PhoneMessage) -> None:
    """The file is fetched by its own job, with its own state."""
    if said.file is None:
        return
    file = Attachment.objects.create(
        company_id=message.company_id,
        message=message,
        kind=said.file.kind,
        name=said.file.name,
        mime=said.file.mime,
        is_voice=said.file.is_voice,
        remote=said.file.remote,
        fetch_after=now(),
    )
    media.fetch.nudge(file.company_id, file.pk)
