"""One device in this host: its link, where it stands, and the lease under which it may be connected."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenants.scoping import company_scope
from whatsapp.actions import device_states
from whatsapp.actions.device_states import Lease, LeaseLost, NumberTaken, Report
from whatsapp.devices import inbox
from whatsapp.devices.link import INBOX, NEWS, DeviceLink, Engine, LinkError, LinkEvent
from whatsapp.devices.states import FIRST_CODE_SECONDS, NEXT_CODE_SECONDS, Standing, after
from whatsapp.models.device import State

logger = logging.getLogger(__name__)
SETTLE_SECONDS = 60.0  # from the code that was scanned to being online
GRACE_SECONDS = 5.0  # before a code that is over counts as the last
KEEP_SECONDS = 30.0  # how long a callback waits for the database


@dataclass
class Seat:
    """`held_until`, in monotonic seconds: when the lease was surely ours the last time."""

    lease: Lease
    standing: Standing
    jid: str
    keys: Path
    held_until: float
    lost: Callable[["Seat"], None]
    books: Executor  # threads that write to the database, so that engine threads keep no connections
    link: DeviceLink | None = None
    dialling: Future[None] | None = None
    dial_at: float = 0.0
    busy: Future[None] | None = None  # the command that runs now
    send_at: float = 0.0  # not before: the pace of this device
    code_until: float = 0.0  # while pairing: when the shown code dies
    # while linked and not online yet; another host may have seen the code being scanned
    settle_by: float = field(default_factory=lambda: time.monotonic() + SETTLE_SECONDS)
    is_over: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def dial(self, engine: Engine) -> None:
        """Runs on a thread of its own for as long as the link lives."""
        if not self.jid:
            self.keys.unlink(missing_ok=True)  # of an earlier link
        try:
            self.link = engine.open(self.keys, self.jid, self.hear)
            if self.is_over:
                return  # the lease went while we were getting ready
            self.link.connect()
            if not self.is_over:
                self.hear(LinkEvent("disconnected"))
        except LinkError as error:
            self.hear(LinkEvent("dial_failed", {"reason": str(error)}))
        except Exception as error:  # whatever an engine throws must not end the host's loop
            logger.exception("a link failed")
            self.hear(LinkEvent("dial_failed", {"reason": type(error).__name__}))
        finally:
            self._let_go()

    def hear(self, event: LinkEvent) -> None:
        """The engine's callback. What belongs in the inbox is committed when this returns."""
        if self.is_over:
            return  # not ours any more: whoever holds the lease hears it too
        if event.kind in INBOX:
            self._write(lambda: inbox.keep(self.lease.company_id, self.lease.device_id, event))
        elif event.kind in NEWS:
            with self._lock:
                self._take_news(event)

    def look_at_code(self) -> None:
        """Not every engine says that nobody scanned its last code."""
        if self.standing.state == State.PAIRING and time.monotonic() > self.code_until:
            self.hear(LinkEvent("pair_timeout"))

    def look_at_line(self) -> None:
        """A line that is lost between the two logins of linking is not dialled again by every engine: we do."""
        link = self.link
        if self.standing.state == State.LINKED and time.monotonic() > self.settle_by and link is not None:
            self.settle_by = time.monotonic() + SETTLE_SECONDS
            link.stop()

    def leave(self) -> None:
        """Let go of the line before anything else; nothing that is heard from now on is written."""
        self.is_over = True
        self._let_go()

    @property
    def has_left(self) -> bool:
        return self.is_over and self.link is None and (self.dialling is None or self.dialling.done())

    def _take_news(self, event: LinkEvent) -> None:
        new = after(self.standing, event)
        if new == self.standing and event.kind != "connected":
            return
        self.standing = new
        self.jid = str(event.data.get("jid") or self.jid) if new.is_linked else ""
        self.dial_at = time.monotonic() + new.pause
        if event.kind == "qr":
            lives = FIRST_CODE_SECONDS if new.attempt == 1 else NEXT_CODE_SECONDS
            self.code_until = time.monotonic() + lives + GRACE_SECONDS
        if event.kind == "paired":
            self.settle_by = time.monotonic() + SETTLE_SECONDS
        report = Report(new, event.data)
        try:
            self._write(lambda: self._note(report))
        except LeaseLost:
            self.is_over = True
            self.lost(self)
        except NumberTaken:
            self._give_back()

    def _note(self, report: Report) -> None:
        with company_scope(self.lease.company_id):
            device_states.note(self.lease, report)

    def _give_back(self) -> None:
        """The number belongs to another connection already: this link must not stay."""
        words = {"reason": "Another connection already has this number."}
        self.standing = after(Standing(state=self.standing.state), LinkEvent("replaced", words))
        self.jid = ""
        report = Report(self.standing, {})
        self._write(lambda: self._note(report))
        if self.link is not None:
            threading.Thread(target=self._log_out, args=[self.link], daemon=True).start()

    @staticmethod
    def _log_out(link: DeviceLink) -> None:
        try:
            link.logout()
        except LinkError:
            logger.warning("a link could not be given back")
        link.stop()

    def _write(self, work: Callable[[], Any]) -> None:
        try:
            self.books.submit(work).result(KEEP_SECONDS)
        except (LeaseLost, NumberTaken):
            raise
        except Exception:
            inbox.UNKEPT.inc()
            logger.exception("news of a device could not be written")

    def _let_go(self) -> None:
        link, self.link = self.link, None
        if link is not None:
            try:
                link.stop()
            except Exception:  # an engine that cannot stop is ended with its process
                logger.exception("a link did not stop")
