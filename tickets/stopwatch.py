"""Service levels as mathematics: the stopwatches of a ticket, which run while the customer waits for us.

One measures the reply that is owed now, one the way to the end of the conversation. A stopwatch that pauses keeps
the minutes that are left; one that runs knows when it warns and when its promise is broken, so nothing has to be
calculated until somebody writes or the ticket moves.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from tickets import hours
from tickets.hours import Calendar

REPLY, RESOLUTION = "reply", "resolution"
FIRST_REPLY, NEXT_REPLY = "first_reply", "next_reply"
_TIMES = ("since", "due_at", "warn_at", "warned_at", "breached_at")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a policy promises a ticket; minutes of None are not promised."""

    policy: int
    first_reply: int | None
    next_reply: int | None
    resolution: int | None
    warn_percent: int
    calendar: Calendar | None = None

    def minutes(self, target: str) -> int | None:
        found: int | None = getattr(self, target)
        return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts about a ticket. `rests`: asleep, or the automatic dialogue has the word."""

    is_live: bool
    waiting_since: datetime | None
    has_reply: bool
    rests: bool


@dataclass(slots=True)
class Clock:
    """`since` is None while it pauses. `mark` is the row that remembers its breach."""

    target: str
    policy: int
    full: float
    left: float
    since: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    mark: int | None = None

    @property
    def runs(self) -> bool:
        return self.since is not None

    @property
    def rings_at(self) -> datetime | None:
        """When something has to be said about it next."""
        if not self.runs or self.breached_at is not None:
            return None
        return self.due_at if self.warned_at is not None else self.warn_at

    def run(self, promise: Promise, at: datetime) -> None:
        self.since = at
        if self.breached_at is not None:
            return  # a broken promise stays broken at the time when it broke
        margin = self.full * (100 - promise.warn_percent) / 100
        self.due_at = hours.add_minutes(promise.calendar, at, max(self.left, 0.0))
        self.warn_at = hours.add_minutes(promise.calendar, at, max(self.left - margin, 0.0))

    def pause(self, promise: Promise, at: datetime) -> None:
        if self.since is not None:
            self.left -= hours.minutes_between(promise.calendar, self.since, at)
            self.since = None


Clocks = dict[str, Clock]


def follow(clocks: Clocks, facts: Facts, promise: Promise | None, at: datetime) -> list[Clock]:
    """Start, pause and end stopwatches as the ticket is now. Answers those whose promise was kept by this."""
    kept: list[Clock] = []
    if promise is None:
        clocks.clear()
        return kept
    if not facts.is_live:
        if RESOLUTION in clocks:
            kept.append(clocks[RESOLUTION])
        clocks.clear()
        return kept
    for name in list(clocks):
        _adjust(clocks, name, promise, at)
    _follow_reply(clocks, facts, promise, kept)
    if RESOLUTION not in clocks and promise.resolution and facts.waiting_since:
        clocks[RESOLUTION] = _started(RESOLUTION, promise, facts.waiting_since)
    for clock in clocks.values():
        should_run = facts.waiting_since is not None and not facts.rests
        if clock.runs and not should_run:
            clock.pause(promise, at)
        elif not clock.runs and should_run:
            clock.run(promise, at)
    return kept


def nearest(clocks: Clocks) -> Clock | None:
    """The running promise that ends first."""
    running = [clock for clock in clocks.values() if clock.runs and clock.due_at is not None]
    return min(running, key=lambda clock: clock.due_at or clock.since, default=None)  # type: ignore[arg-type,return-value]


def rings_at(clocks: Clocks) -> datetime | None:
    moments = [clock.rings_at for clock in clocks.values()]
    return min((moment for moment in moments if moment is not None), default=None)


def load(stored: Mapping[str, Any]) -> Clocks:
    return {name: _clock(row) for name, row in stored.items()}


def dump(clocks: Clocks) -> dict[str, Any]:
    return {name: _row(clock) for name, clock in clocks.items()}


def _follow_reply(clocks: Clocks, facts: Facts, promise: Promise, kept: list[Clock]) -> None:
    target = NEXT_REPLY if facts.has_reply else FIRST_REPLY
    current = clocks.get(REPLY)
    if current is not None and (facts.waiting_since is None or current.target != target):
        kept.append(clocks.pop(REPLY))
    if facts.waiting_since is not None and REPLY not in clocks and promise.minutes(target):
        clocks[REPLY] = _started(target, promise, facts.waiting_since)


def _started(target: str, promise: Promise, since: datetime) -> Clock:
    minutes = float(promise.minutes(target) or 0)
    clock = Clock(target, promise.policy, full=minutes, left=minutes)
    clock.run(promise, since)
    return clock


def _adjust(clocks: Clocks, name: str, promise: Promise, at: datetime) -> None:
    """Another policy counts now, or it was changed: what has passed has passed."""
    clock = clocks[name]
    minutes = promise.minutes(clock.target)
    if not minutes:
        del clocks[name]
    elif clock.full != minutes or clock.policy != promise.policy:
        did_run = clock.runs
        clock.pause(promise, at)
        clock.left += minutes - clock.full
        clock.full, clock.policy = float(minutes), promise.policy
        if did_run:
            clock.run(promise, at)


def _clock(row: Mapping[str, Any]) -> Clock:
    times = {name: datetime.fromisoformat(row[name]) for name in _TIMES if row.get(name)}
    return Clock(**{**{one.name: row.get(one.name) for one in fields(Clock)}, **times})  # type: ignore[arg-type]


def _row(clock: Clock) -> dict[str, Any]:
    row = {name: value for name, value in asdict(clock).items() if value is not None}
    return {name: value.isoformat() if name in _TIMES else value for name, value in row.items()}
