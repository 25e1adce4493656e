"""One message's turn: is it still worth sending, may it leave now, does the provider have its files; one try.

The attempt is committed before the socket is touched, so whatever dies afterwards leaves a visible doubt and
never a second copy. No transaction is open while the network is used.
"""

import copy
import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from tickets import contents, plain
from tickets.actions import addresses, contacts, lanes, outcomes, rates, word
from tickets.models import Attachment, Attempt, Message, OutboundLane, Ticket
from tickets.models.contact import AddressKind
from tickets.models.message import MEDIA_KINDS, Kind, State
from tickets.transport import (
    Accepted,
    Address,
    CannotRender,
    Outcome,
    Outgoing,
    Postponed,
    Refused,
    Transport,
    TransportError,
    transport_for,
)

logger = logging.getLogger(__name__)

NAP_SECONDS = 1.0  # a shorter wait is slept through; for a longer one the lane is given back
HELD_PAUSE = timedelta(seconds=20)
UPLOAD_LEASE = timedelta(minutes=10)
UPLOAD_LIFE = timedelta(days=25)  # WhatsApp keeps an uploaded file for 30


def take_turn(lane: OutboundLane, message_id: int) -> bool:
    """Try to send this message. False: the lane was given back and waits."""
    message = _load(message_id)
    if outcomes.deadline(message) <= now():
        code = "window_closed" if outcomes.needs_window(message) else "gave_up"
        outcomes.expire(message, code=code)
        return True
    if message.connection.is_held:
        return _wait(lane, HELD_PAUSE.total_seconds())
    pause = rates.take(lane.connection_id, lane.contact_id, by_person=message.author_id is not None)
    if pause > NAP_SECONDS:
        return _wait(lane, pause)
    if pause:
        time.sleep(pause)
        return True  # and take the same turn again
    files = _files(lane, message)
    if files is None:
        return True
    try:
        _try(lane, message, files)
    except LaneLost:
        return False
    return True


class LaneLost(Exception):
    """Another worker owns the lane now: this one must not send."""


def begin(lane: OutboundLane, message: Message) -> Attempt | None:
    """Commit that a try starts now. None: the message was cancelled meanwhile. Raises LaneLost."""
    with transaction.atomic():
        if not word.may_leave(message):
            return None
        taken = Message.objects.filter(pk=message.pk, state=State.QUEUED).update(
            state=State.SENDING, tries=F("tries") + 1, version=F("version") + 1, updated_at=now()
        )
        if not taken:
            return None
        if not lanes.extend(lane):
            raise LaneLost
        number = Attempt.objects.filter(message=message.pk).count() + 1
        attempt: Attempt = Attempt.objects.create(message=message, number=number, started_at=now())
        return attempt


def _try(lane: OutboundLane, message: Message, files: tuple[tuple[Attachment, str], ...]) -> None:
    # "sending" lasts milliseconds and is not announced: to an agent it is the same as "queued".
    attempt = begin(lane, message)
    if attempt is None:
        return
    outcome = _submit(lane, message, attempt, files)
    outcomes.settle(attempt, outcome, slow_downs=lane.slow_downs)
    lanes.remember_pace(lane, outcome)
    if isinstance(outcome, Accepted) and outcome.learned:
        contacts.learn(lane.contact, outcome.learned)


def _submit(
    lane: OutboundLane, message: Message, attempt: Attempt, files: tuple[tuple[Attachment, str], ...]
) -> Outcome:
    transport = transport_for(message.connection)
    try:
        outgoing = _outgoing(lane, message, attempt, files, transport)
        request = transport.render(message.connection, outgoing)
    except CannotRender as error:
        return Refused(error.code, "The message cannot be sent.", str(error))
    outcome = transport.submit(message.connection, request)
    if isinstance(outcome, Refused) and outcome.needs_phone and (dialled := _by_phone(outgoing)):
        # Surely not processed, and it can work: still the same attempt.
        outcome = transport.submit(message.connection, transport.render(message.connection, dialled))
    return outcome


def _by_phone(outgoing: Outgoing) -> Outgoing | None:
    """The same to the customer's number, where we know it and did not try it."""
    phones = tuple(one for one in outgoing.addresses if one.kind == AddressKind.PHONE)
    if not phones or outgoing.addresses[0] == phones[0]:
        return None
    return replace(outgoing, addresses=phones)


def _outgoing(
    lane: OutboundLane,
    message: Message,
    attempt: Attempt,
    files: tuple[tuple[Attachment, str], ...],
    transport: Transport,
) -> Outgoing:
    return Outgoing(
        message=as_said(message, lane.company, transport),
        contact=lane.contact,
        addresses=addresses_of(lane),
        cookie=str(attempt.cookie),
        reply_to=message.reply_to.provider_id if message.reply_to else "",
        files=files,
    )


def as_said(message: Message, company: Any, transport: Transport) -> Message:
    """The message as the customer reads it on this channel."""
    return signed(in_words_of(message, transport), company)


def in_words_of(message: Message, transport: Transport) -> Message:
    """As it is, or as numbered text where the channel has nothing of this kind."""
    if message.kind not in contents.READERS or message.kind in transport.kinds:
        return message
    said = plain.as_text(message)
    if said is None:
        raise CannotRender("kind_unsupported", "This channel has no message of this kind.")
    return said


def signed(message: Message, company: Any) -> Message:
    """The message as the customer reads it: with the agent's name when the company signs its answers."""
    signable = message.kind == Kind.TEXT or (message.kind in MEDIA_KINDS and message.body)
    if not (signable and message.author and company.option("signature")):
        return message
    shown = copy.copy(message)
    shown.body = f"*{message.author.name}:*\n{message.body}"
    return shown


def addresses_of(lane: OutboundLane | Ticket) -> tuple[Address, ...]:
    """Where the customer wrote from last, then the phone, then the rest; last a number that others claim as well."""
    known = lane.contact.addresses.filter(ended_at=None).exclude(kind=AddressKind.USERNAME)
    rows = addresses.of_use_to(lane.connection, known)
    never = datetime.min.replace(tzinfo=now().tzinfo)
    rows.sort(
        key=lambda row: (
            "contested_by" not in row.learned_from, row.last_inbound_at or never, row.kind == AddressKind.PHONE,
        ),
        reverse=True,
    )  # fmt: skip
    if not rows and lane.contact.number:
        return (Address(AddressKind.PHONE, lane.contact.number),)
    return tuple(Address(row.kind, row.value, row.scope) for row in rows)


def _files(lane: OutboundLane, message: Message) -> tuple[tuple[Attachment, str], ...] | None:
    """The message's files as the provider knows them. None when this turn ended while getting there."""
    transport = transport_for(message.connection)
    try:
        return tuple(
            (file, _remote_id(lane, transport, file))
            for file in (message.attachments.all() if message.may_have_files else ())
        )
    except TransportError as error:
        if error.permanent:
            outcomes.fail(message, code=error.code or "upload_failed", detail=str(error))
        else:
            outcomes.postpone(message, Postponed(error.code or "upload_failed", str(error), "connection", 0))
    except FileNotFoundError:
        outcomes.fail(message, code="file_missing", detail="The file is no longer on the server.")
    return None


def _remote_id(lane: OutboundLane, transport: Transport, file: Attachment) -> str:
    """Give the provider the file unless it still has it. Not part of the attempt: repeating it is safe."""
    known = file.remote
    if known.get("connection") != lane.connection_id or known.get("until", "") <= now().isoformat():
        lanes.extend(lane, UPLOAD_LEASE)
        with (settings.MEDIA_ROOT / file.path).open("rb") as content:
            given = transport.upload(lane.connection, file, content)
        until = (now() + UPLOAD_LIFE).isoformat()
        known = {**given, "connection": lane.connection_id, "until": until}
        Attachment.objects.filter(pk=file.pk).update(remote=known)
    return str(known["media_id"])


def _wait(lane: OutboundLane, seconds: float) -> bool:
    lanes.release(lane, now() + timedelta(seconds=seconds))
    return False


def _load(message_id: int) -> Message:
    message: Message = outcomes.whole().get(pk=message_id)
    return message
