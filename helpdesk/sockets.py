"""One authenticated WebSocket per open console. It joins the hub and forwards; it never decides who may hear."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import orjson
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import now

from helpdesk.hub import Numbered, give, hub, is_event_id, is_for_session
from helpdesk.lobby import address_of, lobby
from helpdesk.loop import in_thread, start, start_later
from helpdesk.metrics import SOCKETS_OPEN

logger = logging.getLogger(__name__)

NOT_AUTHENTICATED, BLOCKED, NO_CONNECT_FRAME, TOO_MANY, OVERLOADED = 4401, 4403, 4408, 4429, 1013
CONNECT_SECONDS = 10
OUTBOX_MAX = 1_000
FRAMES_MAX, FRAMES_SECONDS = 100, 10  # a console says a few words a minute; each may cost a query


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a token belongs to and which audiences of which company it may hear."""

    company_id: int
    user_id: int
    session_id: int
    audiences: frozenset[str]
    expires_at: float


class Rejected(Exception):
    """The token does not open a socket; `code` is the close code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class ConsoleSocket(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Protocol: docs/events.md. The first frame must be `connect`."""

    channel_layer_alias = "none"  # the hub listens for all of us

    def __init__(self) -> None:
        super().__init__()
        self.address: str | None = None  # while it waits in the lobby
        self.company_id: int | None = None  # whose events the hub hands us
        self.visitor: Visitor | None = None
        self.audiences: frozenset[str] = frozenset()
        self.rights = asyncio.Lock()  # read one after the other, so that the newest is what stays
        self.rights_changed = False  # heard while the first were being read
        self.held: list[Numbered] | None = None  # what comes while they are read again, for they may be fewer
        self.readings = 0  # how many times they are being read, or wait for that
        self.seq = 0
        self.outbox: deque[str] = deque()
        self.sending = False
        self.closing = False
        self.deadline: asyncio.TimerHandle | None = None
        self.counted_from, self.counted = 0.0, 0

    # --- from the browser ---

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does, but without a visit to a thread for database connections before each frame."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        await self.accept()
        address = address_of(self.scope)
        if not lobby.enter(address):
            self._hang_up(TOO_MANY)
            return
        self.address = address
        loop = asyncio.get_running_loop()
        self.deadline = loop.call_later(CONNECT_SECONDS, self._hang_up, NO_CONNECT_FRAME)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.closing or self._is_too_many():
            self._hang_up(TOO_MANY)
            return
        try:
            frame = orjson.loads(text_data or "")
            kind = frame["type"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            self._signal("error", {"code": "malformed", "detail": "A frame is a JSON object with a type."})
            return
        async with self._or_hang_up():
            await self._obey(kind, frame)

    async def _obey(self, kind: str, frame: dict[str, Any]) -> None:
        if kind == "connect" and self.visitor is None:
            await self._enter(frame)
        elif self.visitor is None:
            self._hang_up(NOT_AUTHENTICATED)
        elif kind == "ping":
            self._signal("pong", {})
        elif kind == "renew":
            await self._renew(frame)
        elif kind == "presence":
            await self._say_presence(str(frame.get("presence", "")))
        elif isinstance(kind, str) and (listener := settings.SOCKET_FRAMES.get(kind)):
            visitor = replace(self.visitor, audiences=self.audiences)
            await in_thread(import_string(listener), visitor, id(self), frame)

    async def disconnect(self, code: int) -> None:
        self.closing = True
        self._leave_lobby()
        if self.deadline:
            self.deadline.cancel()
        try:
            if self.company_id is not None:
                await hub().leave(self.company_id, self)
        finally:
            if self.visitor:
                SOCKETS_OPEN.dec()
                for told in [_door("left"), *map(import_string, settings.SOCKET_LEFT)]:
                    await in_thread(told, self.visitor, id(self))

    async def _enter(self, frame: dict[str, Any]) -> None:
        token, after = str(frame.get("token", "")), frame.get("after")
        self.company_id, user_id = _door("holder")(token)
        self._leave_lobby()
        # The hub first: from here on we hear when the rights that we are about to read change.
        self.audiences = frozenset({f"user.{user_id}"})
        self.sending = True  # hold everything back until hello is out
        await hub().listen(self.company_id, self)
        self.visitor, presence = await in_thread(_door("come_in"), token, id(self))
        SOCKETS_OPEN.inc()
        self._await_expiry()
        if self.rights_changed:
            self._distrust_rights()
            await self._read_rights()
        else:
            self.audiences = self.visitor.audiences
        replay = await hub().replay(self.company_id, self, after if is_event_id(after) else None)
        self.sending = False
        hello = {"replay": replay, "build": settings.BUILD, "presence": presence}
        self.outbox.appendleft(self._prepare("", _body("hello", hello)))
        self._flush()

    def _leave_lobby(self) -> None:
        if self.address is not None:
            lobby.leave(self.address)
            self.address = None

    async def _renew(self, frame: dict[str, Any]) -> None:
        """A fresh access token keeps the socket open and brings its rights up to date."""
        async with self.rights:
            visitor = await in_thread(_door("enter"), str(frame.get("token", "")))
            assert self.visitor
            if (visitor.company_id, visitor.user_id) != (self.visitor.company_id, self.visitor.user_id):
                self._hang_up(NOT_AUTHENTICATED)
                return
            self.visitor, self.audiences = visitor, visitor.audiences
        self._await_expiry()

    async def _say_presence(self, presence: str) -> None:
        if self.visitor:
            await in_thread(_door("say_presence"), self.visitor, presence)

    # --- from the hub ---

    def push(self, event_id: str, frame: str) -> None:
        """Queue one frame and send it at once when the line is free."""
        if self.closing:
            return
        if is_for_session(frame):
            if self.visitor is None:
                self.rights_changed = True
            else:
                self._end_session_if_ours(frame)
        if len(self.outbox) >= OUTBOX_MAX:
            self._hang_up(OVERLOADED)
            return
        self.outbox.append(self._prepare(event_id, frame))
        self._flush()

    def hold(self, item: Numbered) -> None:
        """Keep it until we know whether it is meant for us."""
        assert self.held is not None
        if len(self.held) >= OUTBOX_MAX:
            self._hang_up(OVERLOADED)
            return
        self.held.append(item)

    def resync(self) -> None:
        self._signal("resync", {})

    # --- out ---

    def _signal(self, kind: str, data: dict[str, Any]) -> None:
        self.push("", _body(kind, data))

    def _prepare(self, event_id: str, frame: str) -> str:
        """Put the per-connection fields before the frame that was serialised once for everyone."""
        number = f'"{event_id}"' if event_id else "null"
        return f'{{"v":1,"seq":%d,"id":{number},{frame[1:]}'

    def _flush(self) -> None:
        if not self.sending and self.outbox:
            self.sending = True
            start(self._send_all())

    async def _send_all(self) -> None:
        try:
            while self.outbox and not self.closing:
                text = self.outbox.popleft().replace("%d", str(self.seq), 1)
                self.seq += 1
                await self.send(text_data=text)
        except (RuntimeError, OSError, asyncio.CancelledError):
            self.closing = True  # the browser is gone; `disconnect` tidies up
        finally:
            self.sending = False

    def _hang_up(self, code: int) -> None:
        if not self.closing:
            self.closing = True
            self.outbox.clear()
            start_later(self.close(code=code))  # closing has time limits, and they need a task of their own

    def _await_expiry(self) -> None:
        assert self.visitor
        if self.deadline:
            self.deadline.cancel()
        left = self.visitor.expires_at - now().timestamp()
        loop = asyncio.get_running_loop()
        self.deadline = loop.call_later(max(left, 0), self._hang_up, NOT_AUTHENTICATED)

    def _end_session_if_ours(self, frame: str) -> None:
        body = orjson.loads(frame)
        data = body.get("data", {})
        assert self.visitor
        if data.get("user") == self.visitor.user_id:
            if body["type"] == "session.ended" and data.get("session") in {None, self.visitor.session_id}:
                self._hang_up(NOT_AUTHENTICATED)
            elif body["type"] == "session.changed":
                self._distrust_rights()
                start_later(self._refresh_rights())

    async def _refresh_rights(self) -> None:
        async with self._or_hang_up():
            await self._read_rights()

    def _distrust_rights(self) -> None:
        """Until `_read_rights` is done, nobody knows what this console may hear: keep it."""
        self.readings += 1
        if self.held is None:
            self.held = []

    async def _read_rights(self) -> None:
        async with self.rights:
            self.audiences = await in_thread(_door("audiences"), self.visitor)
        self.readings -= 1
        if self.readings == 0 and self.held is not None:
            held, self.held = self.held, None
            for item in held:
                give(item, self)

    @asynccontextmanager
    async def _or_hang_up(self) -> AsyncIterator[None]:
        """A socket whose rights are gone, or could not be read, hears nothing more: it comes back or not."""
        try:
            yield
        except Rejected as rejected:
            self._hang_up(rejected.code)
        except Exception:
            logger.exception("socket closed: its frame could not be obeyed")
            self._hang_up(OVERLOADED)

    def _is_too_many(self) -> bool:
        at = asyncio.get_running_loop().time()
        if at - self.counted_from > FRAMES_SECONDS:
            self.counted_from, self.counted = at, 0
        self.counted += 1
        return self.counted > FRAMES_MAX


def _body(kind: str, data: dict[str, Any]) -> str:
    body = {"type": kind, "at": now().isoformat(), "data": data}
    return orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS).decode()  # people are keyed by their number


def _door(name: str) -> Any:
    return import_string(f"{settings.SOCKET_DOOR}.{name}")


def allowed_origins_only(application: Any) -> Any:
    """Browsers send Origin; only our own hosts and the configured origins may open a socket."""
    return OriginValidator(application, [*settings.ALLOWED_HOSTS, *settings.CORS_ORIGINS])
