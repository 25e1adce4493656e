"""The webhook engine: signed, batched, at least once, retried for days, and as unruly as it is told to be."""

import asyncio
import hashlib
import hmac
import itertools
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

import httpx

from .ledger import Ledger
from .payloads import envelope
from .recording import Recorder
from .records import Json, Line, Record
from .settings import Post
from .targets import is_allowed
from .world import World

log = logging.getLogger("emulator.webhooks")


@dataclass(slots=True)
class Item(Record):
    """One update that a business has not yet acknowledged."""

    id: int
    phone_number_id: str
    waba_id: str
    field: str
    value: Json
    lane: str
    wamid: str = ""
    tries: int = 0
    is_copy: bool = False


@dataclass(slots=True)
class Batch:
    """Items that travel in one POST; `body` is kept when a retry must repeat the very same bytes."""

    items: list[Item]
    body: bytes | None = None


@dataclass(slots=True)
class Lane:
    """A queue with one worker: order is kept inside it, as long as nothing fails."""

    url: str
    secret: str
    items: deque[Item] = field(default_factory=deque)
    repeats: deque[Batch] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Courier:
    """Accepts updates and carries them to each app's callback address."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        self.world = world
        self.ledger = ledger
        self.on_delivered: Callable[[str], None] = lambda wamid: None
        self.lanes: dict[tuple[str, str, int], Lane] = {}
        self.workers: list[asyncio.Task[None]] = []
        self.client: httpx.AsyncClient | None = None
        self.pending = 0
        self.recorder = Recorder()
        self._ids = itertools.count(1)

    @property
    def settings(self) -> Post:
        return self.world.settings.post

    def start(self) -> None:
        """Open the connections and take up what an earlier run left unacknowledged."""
        self.client = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=100), trust_env=False, follow_redirects=False
        )
        self.take_up()

    def take_up(self) -> None:
        """Queue what is unacknowledged on disk."""
        left = sorted(
            (Item.from_json(body) for body in self.world.store.load("item")), key=lambda one: one.id
        )
        self._ids = itertools.count(left[-1].id + 1 if left else 1)
        for item in left:
            self._queue(item)

    async def stop(self) -> None:
        for worker in self.workers:
            worker.cancel()
        await asyncio.gather(*self.workers, return_exceptions=True)
        if self.client:
            await self.client.aclose()

    def post(self, line: Line, field: str, value: Json, *, lane: str = "", wamid: str = "") -> None:
        """Queue one update; `wamid` asks to be told once the business has acknowledged it."""
        if line.standby and field == "messages":
            field = "standby"  # another app answers this number now
        self.recorder.note(line, field, value, self.world.now())
        if not (line.subscribed and line.callback_url):
            return
        item = Item(next(self._ids), line.phone_number_id, line.waba_id, field, value, lane, wamid)
        self.world.store.put("item", str(item.id), item.to_json())
        self._queue(item)

    def kick(self) -> None:
        for lane in self.lanes.values():
            lane.wake.set()

    def forget(self) -> None:
        for lane in self.lanes.values():
            lane.items.clear()
            lane.repeats.clear()
        self.pending = 0
        self.world.store.wipe("item")

    def _queue(self, item: Item) -> None:
        line = self.world.lines.get(item.phone_number_id)
        if line is None:
            self.world.store.drop("item", str(item.id))
            return
        self.pending += 1
        lane = self._lane(line, item)
        lane.items.append(item)
        lane.wake.set()

    def _lane(self, line: Line, item: Item) -> Lane:
        number = crc32(f"{item.phone_number_id}:{item.lane}".encode()) % max(self.settings.parallel, 1)
        key = (line.callback_url, line.app_secret, number)
        if key not in self.lanes:
            self.lanes[key] = Lane(line.callback_url, line.app_secret)
            self.workers.append(asyncio.get_running_loop().create_task(self._work(self.lanes[key])))
        return self.lanes[key]

    async def _work(self, lane: Lane) -> None:
        while True:
            if self.settings.paused or not (lane.items or lane.repeats):
                lane.wake.clear()
                await lane.wake.wait()
                continue
            batch = lane.repeats.popleft() if lane.repeats else Batch(list(self._take(lane)))
            if any(self.settings.delay_ms):
                await asyncio.sleep(self.world.wait(self.settings.delay_ms))
            try:
                await self._deliver(lane, batch)
            except Exception:
                log.exception("a webhook worker stumbled")
                self._again(lane, batch)

    def _take(self, lane: Lane) -> Iterator[Item]:
        size = self.world.rng.randint(1, max(self.settings.batch_max, 1))
        for _ in range(min(size, len(lane.items))):
            if self.settings.shuffle:
                lane.items.rotate(-self.world.rng.randrange(min(len(lane.items), 500)))
            yield lane.items.popleft()

    async def _deliver(self, lane: Lane, batch: Batch) -> None:
        if batch.body is None:
            updates = [(one.waba_id, one.field, one.value) for one in batch.items]
            # ASCII-escaped, as Meta does it: re-serialising before checking the MAC breaks the MAC.
            batch.body = json.dumps(envelope(updates, self.world.rng, self.settings.merge)).encode()
        body, signature, spoiled = self._mischief(batch.body, lane.secret)
        started = time.perf_counter()
        status = 0 if spoiled == "dropped" else await self._send(lane.url, body, signature)
        elapsed = (time.perf_counter() - started) * 1000
        self.ledger.note(lane.url, status, elapsed, batch.items, spoiled)
        if status == 200 and not spoiled:
            self._acknowledged(lane, batch)
        else:
            self._again(lane, batch)

    def _mischief(self, body: bytes, secret: str) -> tuple[bytes, str, str]:
        """Spoil one POST in a way that the receiver must refuse, or lose it on the way."""
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        knobs = self.settings
        if knobs.bad_signature_once > 0:
            self.world.settings.post = knobs.changed({"bad_signature_once": knobs.bad_signature_once - 1})
            return body, "sha256=" + "0" * 64, "bad_signature"
        if knobs.truncated_once > 0:
            self.world.settings.post = knobs.changed({"truncated_once": knobs.truncated_once - 1})
            return body[: len(body) // 2], signature, "truncated"
        if knobs.drop and self.world.rng.random() < knobs.drop:
            return body, signature, "dropped"
        return body, signature, ""

    async def _send(self, url: str, body: bytes, signature: str) -> int:
        if not is_allowed(url, self.world.allowed_hosts) or self.client is None:
            return 0
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature,
            "User-Agent": "facebookexternalua",
        }
        try:
            answer = await self.client.post(
                url, content=body, headers=headers, timeout=self.settings.timeout_s
            )
        except httpx.HTTPError as error:
            self.ledger.last_error = f"{type(error).__name__}: {error}"
            return 0
        return answer.status_code

    def _acknowledged(self, lane: Lane, batch: Batch) -> None:
        self.pending = max(0, self.pending - len(batch.items))
        for item in batch.items:
            if item.is_copy:
                continue
            self.world.store.drop("item", str(item.id))
            if item.wamid:
                self.on_delivered(item.wamid)
            if self.settings.duplicate and self.world.rng.random() < self.settings.duplicate:
                copy = Item.from_json(item.to_json() | {"is_copy": True})
                self.pending += 1
                self.ledger.duplicates += 1
                lane.items.insert(self.world.rng.randint(0, len(lane.items)), copy)

    def _again(self, lane: Lane, batch: Batch) -> None:
        """Meta repeats the whole POST, with growing pauses, for seven days; then it gives up."""
        waits = self.settings.retry_s
        tries = max(one.tries for one in batch.items)
        for item in batch.items:
            item.tries += 1
        if tries >= len(waits):
            self.pending = max(0, self.pending - len(batch.items))
            self.ledger.gave_up(batch.items)
            for item in batch.items:
                self.world.store.drop("item", str(item.id))
            return
        self.ledger.retries += 1

        def repeat() -> None:
            if self.settings.rebatch:
                lane.items.extendleft(reversed(batch.items))
            else:
                lane.repeats.append(batch)
            lane.wake.set()

        self.world.timers.after(waits[tries] * self.settings.retry_scale, repeat)
