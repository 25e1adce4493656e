"""The line from a copilot's job to the one person who asked: pieces while they come, then the whole.

What was asked lives in Redis for as long as somebody may still look at it. Losing it loses one unsent suggestion.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any

import orjson

from helpdesk.events import publish_signal
from helpdesk.redis import connection
from integrations.ai.port import Stopped
from integrations.ai.veil import Unveiling, Veil
from integrations.events import COPILOT_DELTA, COPILOT_DONE

EVERY_SECONDS = 0.05
KEEP_SECONDS = 900
_WAITING, _CANCELLED = b"waiting", b"cancelled"


class Cancelled(Stopped):
    """Nobody waits for this answer any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that one person asked; `request` is the name that their console gave it."""

    company_id: int
    user_id: int
    request: str

    def begin(self) -> bool:
        """False when it has been asked already."""
        return bool(connection().set(self._key, _WAITING, nx=True, ex=KEEP_SECONDS))

    @property
    def is_waiting(self) -> bool:
        return connection().get(self._key) == _WAITING

    def cancel(self) -> bool:
        """False when nobody asked this."""
        return bool(connection().set(self._key, _CANCELLED, xx=True, ex=KEEP_SECONDS))

    def outcome(self) -> dict[str, Any] | None:
        """How far it is; None when nobody asked this, or too long ago."""
        kept: Any = connection().get(self._key)
        if kept is None:
            return None
        if kept in (_WAITING, _CANCELLED):
            return {**_nothing(self.request), "state": kept.decode()}
        return {**orjson.loads(kept), "state": "done"}

    def tell(self, place: int, text: str) -> None:
        data = {"request": self.request, "place": place, "text": text}
        publish_signal(COPILOT_DELTA, self.company_id, data, to={f"user.{self.user_id}"})

    def finish(self, **outcome: Any) -> None:
        """The last word, unless nobody wants to hear it."""
        if not self.is_waiting:
            return
        data = {**_nothing(self.request), **outcome}
        connection().set(self._key, orjson.dumps(data, default=str), xx=True, ex=KEEP_SECONDS)
        publish_signal(COPILOT_DONE, self.company_id, data, to={f"user.{self.user_id}"})

    @property
    def _key(self) -> str:
        return f"copilot:{self.company_id}:{self.user_id}:{self.request}"


def _nothing(request: str) -> dict[str, Any]:
    return {
        "request": request, "text": "", "sources": [], "suggestions": None, "error": None, "usage": None,
    }  # fmt: skip


class Stream:
    """Tells pieces at most every fifty milliseconds, the first one at once. `write` raises Cancelled."""

    def __init__(self, asked: Asked, veil: Veil, *, is_silent: bool = False) -> None:
        self.text = ""  # what was told
        self._asked, self._unveiling, self._is_silent = asked, Unveiling(veil), is_silent
        self._waiting = ""
        self._sent_at = 0.0
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._is_cancelled = False

    def write(self, piece: str) -> None:
        with self._lock:
            self._waiting += self._unveiling.take(piece)
            wait = self._sent_at + EVERY_SECONDS - time.monotonic()
            if wait <= 0:
                self._send()
            elif self._timer is None:
                self._timer = threading.Timer(wait, self._late)
                self._timer.daemon = True
                self._timer.start()
        if self._is_cancelled:
            raise Cancelled

    def end(self) -> str:
        """Everything, once nothing more comes."""
        with self._lock:
            self._stop()
            self.text += self._waiting + self._unveiling.rest()
            self._waiting = ""
            return self.text

    def _late(self) -> None:
        """A model that pauses must not keep what it has said already."""
        with self._lock:
            if self._timer is not None:
                self._send()

    def _send(self) -> None:
        self._stop()
        self._sent_at = time.monotonic()
        self._is_cancelled = not self._asked.is_waiting
        if not self._waiting or self._is_cancelled:
            return
        if not self._is_silent:
            self._asked.tell(len(self.text), self._waiting)
        self.text += self._waiting
        self._waiting = ""

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
