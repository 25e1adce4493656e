"""The contract between a host of devices and the engine that speaks WhatsApp's own protocol.

Messages travel as WhatsApp Web's message in JSON (`{"conversation": …}`, `{"imageMessage": {…}}`), the one shape
that every engine knows; addresses as its JIDs ("5511…@s.whatsapp.net", "…@lid", "…@g.us").
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

# What a link may tell about itself: `states.after` says what each does.
NEWS = {
    "qr", "pair_timeout", "pair_failed", "paired", "restarting", "connected", "disconnected", "dial_failed",
    "logged_out", "replaced", "banned", "outdated", "refused",
}  # fmt: skip
# What goes to the inbox as it is, before the callback returns: most engines have acknowledged it by then.
INBOX = {"message", "receipt", "undecryptable", "call", "history"}


@dataclass(frozen=True, slots=True)
class LinkEvent:
    kind: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """The server took it under this id; `at` in Unix seconds, 0 when the engine does not know."""

    id: str
    at: int = 0


class LinkError(Exception):
    """The engine failed at something that is no send, or could not dial."""


class NotSent(LinkError):
    """Surely not sent. `permanent`: trying again cannot help. `code` is stable."""

    def __init__(self, code: str, detail: str, *, permanent: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.permanent = permanent


class MaybeSent(LinkError):
    """The server may have it: nobody can know."""


class DeviceLink(Protocol):
    """One linked device. Every call may block; `hear` is called on threads of the engine's choice."""

    def connect(self) -> None:
        """Dial and stay until `stop`. Raises LinkError when dialling fails or the link cannot go on."""

    def stop(self) -> None:
        """Leave the network at once; the pairing stays valid. Harmless when nothing is connected."""

    def logout(self) -> None:
        """Give the pairing up. Raises LinkError."""

    def send(self, to: str, message: dict[str, Any]) -> Sent:
        """One try. Raises NotSent or MaybeSent."""

    def upload(self, kind: str, content: bytes) -> dict[str, Any]:
        """Give WhatsApp a file; the answer is what its message says of it. Raises LinkError."""

    def mark_read(self, chat: str, sender: str, ids: list[str]) -> None:
        """Blue ticks. Raises LinkError."""

    def typing(self, chat: str, *, is_typing: bool) -> None:
        """Raises LinkError."""

    def block(self, who: str, *, blocked: bool) -> None:
        """Raises LinkError."""


Hear = Callable[[LinkEvent], None]


class Engine(Protocol):
    """Makes links. One per host process; `keys` is the file in which a device keeps its keys.

    `environment` has to be there when the process begins: a library in another language may not see what is set later.
    """

    environment: ClassVar[Mapping[str, str]]

    def open(self, keys: Path, jid: str, hear: Hear) -> DeviceLink:
        """A link that is not connected yet. A blank `jid` pairs a new device."""
