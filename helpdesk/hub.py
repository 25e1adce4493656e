"""The hub of a `sockets` process: hears each company once and hands frames straight to its own consoles.

One channel-layer member per process and company, not per socket: with one member per socket a broadcast to
500 consoles took seven times as long (docs/ARCHITECTURE.md, "Realtime").
"""

import asyncio
import logging
import re
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeGuard

import redis.asyncio
from channels.layers import get_channel_layer
from django.conf import settings

from helpdesk.events import NO_SUPERVISORS, ONLY_SUPERVISORS, group_name

logger = logging.getLogger(__name__)

CHECK_SECONDS = 5
REPLAY_MAX = 2_000


class Listener(Protocol):
    """A console's end of the hub."""

    audiences: frozenset[str]
    held: "list[Numbered] | None"  # while its audiences are being read again, what came meanwhile

    def push(self, event_id: str, frame: str) -> None: ...

    def hold(self, item: "Numbered") -> None: ...

    def resync(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Numbered:
    id: str
    audience: frozenset[str]
    frame: str


@dataclass
class Room:
    """The consoles of one company in this process, and the last event they were given."""

    listeners: set[Listener] = field(default_factory=set)
    position: str = "0-0"


class Hub:
    """One per event loop; see `hub()`."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self._channel: str | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lock = asyncio.Lock()
        self._redis = redis.asyncio.Redis.from_url(settings.REDIS_URL, decode_responses=True)

    async def listen(self, company_id: int, listener: Listener) -> None:
        """Add a console: it hears everything from now on that is meant for its audiences."""
        async with self._lock:
            await self._listen_to(company_id)
            self.rooms[company_id].listeners.add(listener)

    async def replay(self, company_id: int, listener: Listener, after: str | None) -> str:
        """Give a console that listens what it missed before. Answers "none", "complete" or "resync".

        It listens already: a frame twice is harmless, a gap is not.
        """
        missed = await self._since(company_id, after) if after else []
        if missed is None:
            return "resync"
        for item in missed:
            give(item, listener)
        return "complete" if after else "none"

    async def leave(self, company_id: int, listener: Listener) -> None:
        room = self.rooms.get(company_id)
        if room is None:
            return
        room.listeners.discard(listener)
        async with self._lock:
            if not room.listeners and self.rooms.get(company_id) is room:
                del self.rooms[company_id]
                await get_channel_layer().group_discard(group_name(company_id), self._channel)

    async def _listen_to(self, company_id: int) -> None:
        layer = get_channel_layer()
        if self._channel is None:
            self._channel = await layer.new_channel()
            self._run(self._receive())
            self._run(self._watch())
        if company_id not in self.rooms:
            await layer.group_add(group_name(company_id), self._channel)
            self.rooms[company_id] = Room(position=await self._position(company_id))

    def _run(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)

    async def _receive(self) -> None:
        layer = get_channel_layer()
        while True:
            message = await layer.receive(self._channel)
            try:
                await self._deliver(message)
            except Exception:
                logger.exception("frame not delivered")

    async def _deliver(self, message: dict[str, str]) -> None:
        frame = message["f"]
        audience = frozenset(message["a"].split(","))
        company_id = int(message["c"])
        room = self.rooms.get(company_id)
        if room is None:
            return
        if not message["id"]:
            self._fan_out(room, Numbered("", audience, frame))
        elif _follows(room.position, message["id"]):
            self._advance(room, Numbered(message["id"], audience, frame))
        elif _order(message["id"]) > _order(room.position):
            await self._catch_up(company_id, room)

    def _advance(self, room: Room, item: Numbered) -> None:
        room.position = item.id
        self._fan_out(room, item)

    def _fan_out(self, room: Room, item: Numbered) -> None:
        for listener in tuple(room.listeners):
            give(item, listener)

    async def _catch_up(self, company_id: int, room: Room) -> None:
        """A number is missing: read the stream; when it no longer has it, tell every console to refetch."""
        missed = await self._since(company_id, room.position)
        if missed is None:
            room.position = await self._position(company_id)
            for listener in tuple(room.listeners):
                listener.resync()
            return
        for item in missed:
            if _order(item.id) > _order(room.position):  # the line may have been faster meanwhile
                self._advance(room, item)

    async def _watch(self) -> None:
        """Pub/sub may lose the last frame before a silence; comparing positions finds it."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            for company_id, room in list(self.rooms.items()):
                try:
                    if await self._position(company_id) != room.position:
                        await self._catch_up(company_id, room)
                except (redis.asyncio.RedisError, OSError):
                    break
                except Exception:
                    logger.exception("position not compared")

    async def _position(self, company_id: int) -> str:
        epoch, n = await self._redis.hmget(f"live:{company_id}:n", ["epoch", "n"])
        return f"{epoch or 0}-{n or 0}"

    async def _since(self, company_id: int, after: str) -> list[Numbered] | None:
        """Events after that number, oldest first; None when they are no longer all there."""
        position = await self._position(company_id)
        if after == position:
            return []
        if after.split("-")[0] != position.split("-")[0] or _order(after) > _order(position):
            return None
        rows = await self._redis.xrange(
            f"live:{company_id}:events", min=f"({after}", max="+", count=REPLAY_MAX
        )
        if not rows or not _follows(after, rows[0][0]) or _order(rows[-1][0]) < _order(position):
            return None
        return [Numbered(id_, frozenset(row["a"].split(",")), row["f"]) for id_, row in rows]


def give(item: Numbered, listener: Listener) -> None:
    """Hand it over if it is meant for this console; who may no longer know what is meant for it decides later."""
    if listener.held is not None and not is_for_session(item.frame):
        listener.hold(item)
        return
    if not item.audience.isdisjoint(listener.audiences) and _is_meant(item.audience, listener.audiences):
        listener.push(item.id, item.frame)


def is_for_session(frame: str) -> bool:
    """Whether it tells a console about its own rights."""
    return frame.startswith('{"type":"session.')


def _is_meant(audience: frozenset[str], ears: frozenset[str]) -> bool:
    """Where agents are shown less than supervisors, each of both hears their own frame."""
    if ONLY_SUPERVISORS in audience:
        return "supervisors" in ears
    return NO_SUPERVISORS not in audience or "supervisors" not in ears


def _order(event_id: str) -> tuple[int, int]:
    epoch, _, n = event_id.partition("-")
    return int(epoch), int(n or 0)


def _follows(before: str, after: str) -> bool:
    epoch, n = _order(before)
    return _order(after) == (epoch, n + 1) or (epoch == 0 and _order(after)[1] == 1)


_hubs: dict[int, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = id(asyncio.get_running_loop())
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def is_event_id(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and re.fullmatch(r"[0-9]{1,18}-[0-9]{1,18}", text) is not None
