"""Virtual time: a clock that tests can push forward, and the timers that run on it."""

import asyncio
import heapq
import itertools
import logging
import time
from collections.abc import Callable

log = logging.getLogger("emulator.clock")


class Clock:
    """Real time plus whatever was added by hand."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        return time.time() + self.offset


class Timers:
    """Runs plain callables when the virtual clock passes their moment."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._heap: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._changed = asyncio.Event()

    def after(self, seconds: float, action: Callable[[], object]) -> None:
        self.at(self.clock.now() + seconds, action)

    def at(self, moment: float, action: Callable[[], object]) -> None:
        heapq.heappush(self._heap, (moment, next(self._order), action))
        if self._heap[0][2] is action:
            self._changed.set()

    def advance(self, seconds: float) -> None:
        self.clock.offset += seconds
        self._changed.set()

    def clear(self) -> None:
        self._heap.clear()

    def __len__(self) -> int:
        return len(self._heap)

    async def run(self) -> None:
        while True:
            self._changed.clear()
            self._run_due()
            wait = self._heap[0][0] - self.clock.now() if self._heap else None
            try:
                await asyncio.wait_for(self._changed.wait(), None if wait is None else max(wait, 0.0))
            except TimeoutError:
                continue

    def _run_due(self) -> None:
        now = self.clock.now()
        while self._heap and self._heap[0][0] <= now:
            action = heapq.heappop(self._heap)[2]
            try:
                action()
            except Exception:
                # One broken timer must not silence every other status and webhook.
                log.exception("a timer failed")
