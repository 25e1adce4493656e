"""An engine that does what it is told: tests say what WhatsApp says, and see what would have been sent."""

import itertools
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from whatsapp.devices.link import Hear, LinkError, LinkEvent, Sent

_ids = itertools.count(1)


@dataclass
class ScriptedLink:
    """`answers` are given to sends one by one, then everything is taken; an exception is raised."""

    keys: Path
    jid: str
    hear: Hear
    dial_error: LinkError | None = None
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    uploads: list[tuple[str, bytes]] = field(default_factory=list)
    read: list[tuple[str, str, list[str]]] = field(default_factory=list)
    typed: list[tuple[str, bool]] = field(default_factory=list)
    blocked: list[tuple[str, bool]] = field(default_factory=list)
    answers: list[Sent | Exception] = field(default_factory=list)
    is_logged_out: bool = False
    is_stopped: bool = False
    dialled: threading.Event = field(default_factory=threading.Event)
    _end: threading.Event = field(default_factory=threading.Event)

    def connect(self) -> None:
        self.dialled.set()
        if self.dial_error is not None:
            raise self.dial_error
        self._end.wait()
        if self.dial_error is not None:
            raise self.dial_error

    def say(self, kind: str, **data: Any) -> None:
        """WhatsApp tells something."""
        self.hear(LinkEvent(kind, data))

    def crash(self, reason: str = "broken pipe") -> None:
        self.dial_error = LinkError(reason)
        self._end.set()

    def stop(self) -> None:
        self.is_stopped = True
        self._end.set()

    def logout(self) -> None:
        self.is_logged_out = True

    def send(self, to: str, message: dict[str, Any]) -> Sent:
        answer = self.answers.pop(0) if self.answers else Sent(f"3EB0{next(_ids):016X}")
        if isinstance(answer, Exception):
            raise answer
        self.sent.append((to, message))
        return answer

    def upload(self, kind: str, content: bytes) -> dict[str, Any]:
        self.uploads.append((kind, content))
        return {"URL": "https://mmg.whatsapp.net/file", "directPath": "/file", "mediaKey": "a2V5",
                "fileSHA256": "c2hh", "fileEncSHA256": "ZW5j", "fileLength": str(len(content))}  # fmt: skip

    def mark_read(self, chat: str, sender: str, ids: list[str]) -> None:
        self.read.append((chat, sender, ids))

    def typing(self, chat: str, *, is_typing: bool) -> None:
        self.typed.append((chat, is_typing))

    def block(self, who: str, *, blocked: bool) -> None:
        self.blocked.append((who, blocked))


@dataclass
class Scripted:
    """Every link it opened, newest last; `dial_errors` are met by the next dials."""

    environment: ClassVar[Mapping[str, str]] = MappingProxyType({})
    links: list[ScriptedLink] = field(default_factory=list)
    dial_errors: list[LinkError] = field(default_factory=list)

    def open(self, keys: Path, jid: str, hear: Hear) -> ScriptedLink:
        error = self.dial_errors.pop(0) if self.dial_errors else None
        link = ScriptedLink(keys, jid, hear, error)
        self.links.append(link)
        return link
