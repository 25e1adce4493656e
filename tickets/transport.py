"""The port that every channel implements: what the core may ask of a transport, and in which words.

The core speaks of messages, receipts and outcomes; nothing of a provider's vocabulary passes this file.
`settings.TRANSPORTS` names the implementation for each `connection.kind`.
"""

import functools
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from tickets.models import Attachment, Connection, Contact, Message


class TransportError(Exception):
    """A call other than a send failed. `permanent` means that trying again cannot help."""

    def __init__(self, message: str, *, permanent: bool, code: str = "") -> None:
        super().__init__(message)
        self.permanent = permanent
        self.code = code


# --- what comes in ---


@dataclass(frozen=True, slots=True)
class Address:
    """`kind` is one of AddressKind; `scope` is the account where a BSUID was heard."""

    kind: str
    value: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Everything one event told us about a person; strongest address first.

    `has_no_username`: the event shows their profile, and no user name is in it. Many events show none at all.
    """

    addresses: tuple[Address, ...]
    name: str = ""
    username: str = ""
    has_no_username: bool = False


@dataclass(frozen=True, slots=True)
class InboundFile:
    """A file that the provider keeps for us: `remote` is the transport's handle to fetch it."""

    kind: str
    mime: str
    name: str = ""
    sha256: str = ""
    is_voice: bool = False
    remote: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message from a customer."""

    provider_id: str
    sender: Sender
    kind: str
    at: datetime
    body: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    file: InboundFile | None = None
    reply_to: str = ""
    is_forwarded: bool = False
    group: Address | None = None  # where it was written, when not to us alone
    is_missed: bool = False  # it waited while our device was away: kept, and answered by people only


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji put on a message, or taken off (empty emoji)."""

    target: str  # provider id of the message
    sender: Sender
    emoji: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GroupNews:
    """News of a group: `event` is created, joined, left, settings or ended; `people` came or went."""

    group: Address
    event: str
    at: datetime
    people: tuple[Sender, ...] = ()
    subject: str = ""
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A message says something else now: its text, or the caption of its file."""

    target: str  # provider id of the message
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Removal:
    """A message was deleted for everyone."""

    target: str  # provider id of the message
    at: datetime


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """A message of either side that the phone tells which shares the number: somebody of the company wrote it
    there just now, or it is from before the number came here. It never opens the 24-hour window."""

    provider_id: str
    peer: Sender  # the customer
    kind: str
    at: datetime
    direction: str = "out"
    is_past: bool = False
    state: str = "sent"
    body: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    file: InboundFile | None = None
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """Somebody in the address book of the phone that shares the number."""

    peer: Sender
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportNews:
    """How far the phone has come with telling its contacts or its chats; `error` says why it does not."""

    kind: str  # contacts or history
    at: datetime
    items: int = 0
    phase: int | None = None
    progress: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """News of a call: `event` is ringing, answered, missed or rejected, `direction` in or out.

    A call of the customer opens the 24-hour window whether or not anybody answers.
    """

    provider_id: str  # of the call, the same in all its news
    sender: Sender
    event: str
    at: datetime
    direction: str = "in"
    duration: int | None = None  # seconds


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the customer that belongs in the conversation as a line: `event` is its kind of news."""

    provider_id: str
    sender: Sender
    event: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """News of a message that we sent. `state` is one of sent, delivered, read, played, failed.

    `participant`: who of a group it speaks of.
    """

    provider_id: str
    state: str
    at: datetime
    cookie: str = ""
    error: dict[str, str] | None = None
    recipient: Sender | None = None
    pricing: dict[str, Any] | None = None
    participant: str = ""


# --- what goes out ---


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to be rendered. Files are already uploaded: `files` holds the provider's ids."""

    message: Message
    contact: Contact
    addresses: tuple[Address, ...]
    cookie: str
    reply_to: str = ""
    files: tuple[tuple[Attachment, str], ...] = ()
    # Not the message itself leaves, but this emoji on it; "" takes it off. `reply_to` is its provider id.
    reaction: str | None = None
    # Or the words of `message` replace those of the message that `reply_to` names ("correction"), or nothing does
    # ("removal"). Only asked of transports that have these kinds.
    change: str = ""


@dataclass(frozen=True, slots=True)
class WireRequest:
    """The exact request: rendering is pure, so the same message always gives the same bytes."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Accepted:
    provider_id: str
    learned: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Permanent for this message. `hold` also stops the connection until a person acts; `window_closed`
    corrects our idea of the 24-hour window; `needs_phone`: a user id is not enough for this message."""

    code: str
    title: str
    detail: str
    hold: bool = False
    window_closed: bool = False
    needs_phone: bool = False


@dataclass(frozen=True, slots=True)
class Postponed:
    """Surely not processed. `scope` says what to slow down: lane, connection, account (all numbers of one) or hold
    (until a person acts)."""

    code: str
    detail: str
    scope: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Unclear:
    """May have been processed: never sent again without a person's decision."""

    code: str
    detail: str


Outcome = Accepted | Refused | Postponed | Unclear


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a connection's live check."""

    name: str
    ok: bool
    detail: str
    warning: bool = False  # it works, and somebody should look at it
    code: str = ""  # stable: consoles say what is wrong in the person's language


@dataclass(frozen=True, slots=True)
class Health:
    checks: tuple[Check, ...]
    number: str = ""
    verified_name: str = ""
    quality: str = ""
    account: str = ""
    portfolio: str = ""  # owns this account, and perhaps others: user ids are the same in all of them
    is_unreachable: bool = False  # nothing was learned: the provider did not answer

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class FileStream:
    """A file being fetched; `size` in bytes when the provider told it."""

    chunks: Iterator[bytes]
    mime: str
    size: int | None


class CannotRender(ValueError):
    """This transport cannot express the message; `code` is stable and shown to the agent.

    `fields` are the places that are wrong, each with codes: {"content.buttons.0.title": ["too_long"]}.
    """

    def __init__(self, code: str, detail: str, fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.fields = fields or {}


class Transport(Protocol):
    """Everything is synchronous and none of it runs inside a database transaction."""

    has_window: bool  # whether free-form messages need a customer's message of the last 24 hours
    # What it can send as such, of the kinds beyond text and files; the rest goes as numbered text, or not at all.
    kinds: frozenset[str]
    # How long and how many, by kind and part: what a console counts while somebody writes.
    limits: Mapping[str, Mapping[str, int]]

    def check_outgoing(self, message: Message, attachments: list[Attachment]) -> None:
        """Raises CannotRender before anything is queued: lengths, kinds, sizes."""

    def render(self, connection: Connection, outgoing: Outgoing) -> WireRequest:
        """Pure. Raises CannotRender."""

    def submit(self, connection: Connection, request: WireRequest) -> Outcome:
        """One try; never raises for a provider's reason."""

    def upload(self, connection: Connection, attachment: Attachment, file: BinaryIO) -> dict[str, Any]:
        """Give the provider a file; the answer is kept in `attachment.remote`. Raises TransportError."""

    def download(self, connection: Connection, remote: dict[str, Any]) -> AbstractContextManager[FileStream]:
        """Open a file that came in. Raises TransportError."""

    def mark_read(self, connection: Connection, provider_id: str, *, typing: bool = False) -> None:
        """Best effort: blue ticks, and a typing sign with them. Raises TransportError."""

    def block(self, connection: Connection, addresses: tuple[Address, ...], *, blocked: bool) -> None:
        """Best effort: the provider stops, or no longer stops, what this customer writes. Raises TransportError."""

    def forget(self, connection: Connection, addresses: tuple[Address, ...]) -> None:
        """Best effort: the provider erases what it keeps of this customer for us. Raises TransportError."""

    def inspect(self, connection: Connection) -> Health:
        """Ask the provider how the number is. Never raises for a provider's reason."""

    def normalise_credentials(self, given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
        """Check and complete what an admin typed; `external_id` in the answer is the provider's name of the
        number. Part of the caller's transaction. Raises helpdesk.errors.Invalid."""

    def describe(self, connection: Connection) -> dict[str, Any]:
        """What an admin may see of the credentials and the webhook; never a secret."""


@functools.cache
def _transport(path: str) -> Transport:
    made: Transport = import_string(path)()
    return made


def transport_for(connection: Connection) -> Transport:
    """Who carries this connection's messages."""
    return _transport(settings.TRANSPORTS[connection.kind])


def account_of(connection: Connection) -> str:
    """What the provider counts calls by; the numbers of one account rest together. A number alone is one."""
    known = getattr(transport_for(connection), "account_of", None)
    return str(known(connection)) if known else f"connection {connection.pk}"


def forms_of(connection: Connection) -> list[dict[str, Any]]:
    """What the company's forms are called, where its provider keeps any. Raises TransportError."""
    known = getattr(transport_for(connection), "forms_of", None)
    return list(known(connection)) if known else []


def transport_of_kind(kind: str) -> Transport:
    return _transport(settings.TRANSPORTS[kind])
