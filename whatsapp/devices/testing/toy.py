"""An engine for host processes that are killed: every link is online at once, and hears a customer all the time."""

import itertools
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from whatsapp.devices.link import Hear, LinkEvent, Sent

EVERY = 0.05


class ToyLink:
    """Notes in `<keys>.kept` which messages were kept: those whose callback has returned."""

    def __init__(self, keys: Path, jid: str, hear: Hear) -> None:
        self.keys, self.jid, self.hear = keys, jid, hear
        self._end = threading.Event()

    def connect(self) -> None:
        self.hear(LinkEvent("connected"))
        with self.keys.with_suffix(".kept").open("a") as kept:
            for number in itertools.count(1):
                if self._end.wait(EVERY):
                    return
                name = f"{os.getpid()}-{self.keys.stem}-{number}"
                chat = f"55119{int(self.keys.stem) % 10**8:08d}@s.whatsapp.net"
                info = {"id": name, "chat": chat, "sender": chat, "at": int(time.time())}
                self.hear(LinkEvent("message", {"info": info, "message": {"conversation": name}}))
                if not self._end.is_set():
                    kept.write(f"{name}\n")
                    kept.flush()

    def stop(self) -> None:
        self._end.set()

    def logout(self) -> None:
        self.stop()

    def send(self, to: str, message: dict[str, Any]) -> Sent:
        return Sent(f"toy-{time.monotonic_ns()}")

    def upload(self, kind: str, content: bytes) -> dict[str, Any]:
        return {}

    def mark_read(self, chat: str, sender: str, ids: list[str]) -> None:
        """Nobody looks."""

    def typing(self, chat: str, *, is_typing: bool) -> None:
        """Nobody looks."""

    def block(self, who: str, *, blocked: bool) -> None:
        """Nobody looks."""


class Toy:
    environment: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def open(self, keys: Path, jid: str, hear: Hear) -> ToyLink:
        return ToyLink(keys, jid, hear)
