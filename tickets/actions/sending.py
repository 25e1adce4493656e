"""One message's turn: is it still worth sending, may it leave now, does the provider have its files; one try.

The attempt is committed before the socket is touched, so whatever dies afterwards leaves a visible doubt and
never a second copy. No transaction is open while the network is used.
"""

import copy
import logging
import time
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.utils.timezone import now

from tenants.statements import Later, Statement
from tickets import contents, plain
from tickets.actions import addresses, contacts, lanes, outcomes, rates, word
from tickets.models import Attachment, Attempt, Connection, Contact, Message, OutboundLane
from tickets.models.contact import AddressKind, ContactAddress
from tickets.models.message import MEDIA_KINDS, Kind
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


# Messages are locked before lanes, as receipts do it. No row comes back, and nothing may stay of it, when the message
# was cancelled meanwhile or another worker owns the lane now.
_BEGIN = """
WITH taken AS (
    UPDATE tickets_message SET state = 'sending', tries = tries + 1, version = version + 1, updated_at = %(at)s
    WHERE id = %(message)s AND company_id = %(company)s AND state = 'queued' RETURNING id
), kept AS (
    UPDATE tickets_outboundlane SET leased_until = %(until)s
    WHERE id = %(lane)s AND company_id = %(company)s AND lease = %(lease)s AND EXISTS (SELECT FROM taken)
    RETURNING id
)
INSERT INTO tickets_attempt (
    company_id, message_id, number, cookie, started_at, outcome, code, detail, created_at, updated_at, version
)
SELECT %(company)s, taken.id, 1 + (SELECT count(*) FROM tickets_attempt WHERE message_id = %(message)s),
    %(cookie)s, %(at)s, '', '', '', %(at)s, %(at)s, 1
FROM taken, kept
RETURNING id, number
"""


def take_turn(lane: OutboundLane, message: Message) -> Message | None:
    """Try to send this message. Answers whose turn is next; None: the lane was given back (or lost)."""
    if outcomes.deadline(message) <= now():
        code = "window_closed" if outcomes.needs_window(message) else "gave_up"
        outcomes.expire(message, code=code)
        return lanes.next_message(lane)
    if message.connection.is_held:
        lanes.release(lane, now() + HELD_PAUSE)
        return None
    pause = rates.take(lane.connection_id, lane.contact_id, by_person=message.author_id is not None)
    if pause > NAP_SECONDS:
        lanes.release(lane, now() + timedelta(seconds=pause))
        return None
    if pause:
        time.sleep(pause)
        return lanes.first_message(lane)
    files = _files(lane, message)
    if files is None:
        return lanes.next_message(lane)
    return _try(lane, message, files)


def begin(lane: OutboundLane, message: Message) -> Attempt | None:
    """Commit that a try starts now. None: the message was cancelled meanwhile, or the lane is somebody else's."""
    with transaction.atomic():
        if not word.may_leave(message):
            return None
        attempt = _attempt(lane, message)
        if attempt is None:
            transaction.set_rollback(True)
        return attempt


def _attempt(lane: OutboundLane, message: Message) -> Attempt | None:
    at, cookie = now(), uuid.uuid4()
    values: dict[str, Any] = {
        "company": lane.company_id, "message": message.pk, "lane": lane.pk, "lease": lane.lease,
        "until": at + lanes.LEASE, "cookie": cookie, "at": at,
    }  # fmt: skip
    with database.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        row = cursor.fetchone()
    if row is None:
        return None
    pk, number = row
    return Attempt(pk=pk, message_id=message.pk, number=number, cookie=cookie, started_at=at)


def _try(lane: OutboundLane, message: Message, files: tuple[tuple[Attachment, str], ...]) -> Message | None:
    # "sending" lasts milliseconds and is not announced: to an agent it is the same as "queued".
    attempt = begin(lane, message)
    if attempt is None:
        return lanes.next_message(lane)
    known = addresses_of(message.ticket.contact, message.connection)
    outcome = _submit(message, attempt, files, known)
    is_said, following = _write_down(lane, attempt, outcome)
    lanes.remember_pace(lane, outcome)
    if isinstance(outcome, Accepted) and (new := _new(outcome, known)):
        contacts.learn(message.ticket.contact, new)
    return following if is_said else lanes.next_message(lane)


def _new(outcome: Accepted, known: tuple[Address, ...]) -> list[Address]:
    """What the answer told of this customer that we did not know: nothing, nearly always."""
    keys = {(one.kind, one.value) for one in known}
    return [one for one in outcome.learned if (one.kind, one.value) not in keys]


def _write_down(lane: OutboundLane, attempt: Attempt, outcome: Outcome) -> tuple[bool, Message | None]:
    """The outcome; and in the same transaction, when all is well, what the lane does next."""
    if not isinstance(outcome, Accepted):
        outcomes.settle(attempt, outcome, slow_downs=lane.slow_downs)
        return False, None
    with transaction.atomic():
        outcomes.accept(attempt, outcome)
        return lanes.go_on(lane)


def _submit(
    message: Message,
    attempt: Attempt,
    files: tuple[tuple[Attachment, str], ...],
    known: tuple[Address, ...],
) -> Outcome:
    transport = transport_for(message.connection)
    try:
        outgoing = Outgoing(
            message=as_said(message, message.company, transport),
            contact=message.ticket.contact,
            addresses=known,
            cookie=str(attempt.cookie),
            reply_to=message.reply_to.provider_id if message.reply_to else "",
            files=files,
        )
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


def addresses_of(contact: Contact, connection: Connection) -> tuple[Address, ...]:
    """Where the customer wrote from last, then the phone, then the rest; last a number that others claim as well."""
    rows = addresses.of_use_to(connection, _living_addresses.rows(contact=contact.pk))
    never = datetime.min.replace(tzinfo=now().tzinfo)
    rows.sort(
        key=lambda row: (
            "contested_by" not in row.learned_from, row.last_inbound_at or never, row.kind == AddressKind.PHONE,
        ),
        reverse=True,
    )  # fmt: skip
    if not rows and contact.number:
        return (Address(AddressKind.PHONE, contact.number),)
    return tuple(Address(row.kind, row.value, row.scope) for row in rows)


@Statement
def _living_addresses() -> Any:
    living = ContactAddress.objects.filter(contact=Later("contact"), ended_at=None)
    return living.exclude(kind=AddressKind.USERNAME)


def _files(lane: OutboundLane, message: Message) -> tuple[tuple[Attachment, str], ...] | None:
    """The message's files as the provider knows them. None when this turn ended while getting there."""
    transport = transport_for(message.connection)
    try:
        return tuple(
            (file, _remote_id(lane, message.connection, transport, file))
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


def _remote_id(lane: OutboundLane, connection: Connection, transport: Transport, file: Attachment) -> str:
    """Give the provider the file unless it still has it. Not part of the attempt: repeating it is safe."""
    known = file.remote
    if known.get("connection") != connection.pk or known.get("until", "") <= now().isoformat():
        lanes.extend(lane, UPLOAD_LEASE)
        with (settings.MEDIA_ROOT / file.path).open("rb") as content:
            given = transport.upload(connection, file, content)
        until = (now() + UPLOAD_LIFE).isoformat()
        known = {**given, "connection": connection.pk, "until": until}
        Attachment.objects.filter(pk=file.pk).update(remote=known)
    return str(known["media_id"])
