"""Business hours as mathematics: is it open, when does it open, how many working minutes are between.

A shift belongs to the day on which it begins and may end on the next one ("22:00" to "06:00"). On a holiday
the holiday's own shifts count instead. Days are days of the wall clock: where it jumps, a shift that would begin
or end in the missing hour does so at the jump, and where an hour repeats, a shift lasts through both.
No calendar (None) means always open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
HORIZON = 400  # days: who opens on no day of more than a year never opens
LONG = timedelta(days=31)  # a longer stretch comes in pieces, or around the clock would never be answered

Shift = tuple[int, int]  # minutes after midnight; an end that is not after the begin is on the next day
Interval = tuple[datetime, datetime]  # UTC; open from the first to just before the second


@dataclass(frozen=True, slots=True)
class Calendar:
    """`weekly` has seven days, Monday first."""

    zone: ZoneInfo
    weekly: tuple[tuple[Shift, ...], ...]
    holidays: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)

    def shifts(self, day: date) -> tuple[Shift, ...]:
        special = self.holidays.get(day)
        return self.weekly[day.weekday()] if special is None else special


def calendar(weekly: Mapping[str, Any], holidays: Iterable[Mapping[str, Any]], timezone: str) -> Calendar:
    """From what is stored: {"mon": [["09:00", "18:00"]]}, [{"date", "name", "shifts": []}]."""
    return Calendar(
        ZoneInfo(timezone),
        tuple(_shifts(weekly.get(name) or []) for name in WEEKDAYS),
        {date.fromisoformat(one["date"]): _shifts(one.get("shifts") or []) for one in holidays},
    )


def minutes_of(text: str) -> int:
    """ "09:30" → 570. Raises ValueError for what is no time of a day; "24:00" is its end."""
    hour, _, minute = text.partition(":")
    if not (len(hour) == len(minute) == 2 and (hour + minute).isdecimal()):
        raise ValueError(f"{text!r} is no time of the day")
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > DAY:
        raise ValueError(f"{text!r} is no time of the day")
    return found


def is_open(hours: Calendar | None, at: datetime) -> bool:
    if hours is None:
        return True
    return any(begin <= at for begin, _ in _intervals(hours, at, days=3))


def next_opening(hours: Calendar | None, at: datetime) -> datetime | None:
    """`at` itself while it is open; None when it never opens again."""
    if hours is None:
        return at
    for begin, _ in _intervals(hours, at):
        return max(begin, at)
    return None


def next_closing(hours: Calendar | None, at: datetime) -> datetime | None:
    """The end of the shift that `at` is in, or of the next one; None when it does not close."""
    if hours is None:
        return None
    reached: datetime | None = None
    for begin, end in _intervals(hours, at):
        if reached is not None and begin > reached:
            return reached
        if end - begin < LONG:
            return end
        if end - at > timedelta(days=HORIZON):
            return None
        reached = end
    return reached


def closed_since(hours: Calendar | None, at: datetime) -> datetime | None:
    """When the closed period that `at` is in began. None while it is open, or when it never was open."""
    if hours is None or is_open(hours, at):
        return None
    for days in (3, 10, HORIZON):  # nearly always yesterday
        ends = [end for _, end in _intervals(hours, at - timedelta(days=days), days=days + 3) if end <= at]
        if ends:
            return ends[-1]
    return None


def add_minutes(hours: Calendar | None, at: datetime, minutes: float) -> datetime | None:
    """When so many open minutes will have passed after `at`; None when it will not happen."""
    left = timedelta(minutes=minutes)
    if hours is None:
        return at + left
    for begin, end in _intervals(hours, at):
        begin = max(begin, at)
        if end - begin >= left:
            return begin + left
        left -= end - begin
        if end - at > timedelta(days=HORIZON * 10):
            break
    return None


def minutes_between(hours: Calendar | None, start: datetime, end: datetime) -> float:
    """Open minutes after `start` and before `end`; 0 when that is not after `start`."""
    if end <= start:
        return 0.0
    if hours is None:
        return (end - start).total_seconds() / 60
    total = timedelta()
    for begin, finish in _intervals(hours, start):
        if begin >= end:
            break
        total += min(finish, end) - max(begin, start)
    return total.total_seconds() / 60


def _intervals(hours: Calendar, at: datetime, *, days: int = 0) -> Iterator[Interval]:
    """Open stretches that end after `at`, in order, touching ones joined (the pieces of a `LONG` one touch). Stops
    after so many days, or after `HORIZON` days on which nothing is open."""
    day = at.astimezone(hours.zone).date() - timedelta(days=2)
    last = day + timedelta(days=days + 2) if days else date.max
    current: Interval | None = None
    idle = 0
    while day < last and idle < HORIZON and day.year < 9998:
        for begin, end in _of_day(hours, day):
            if current is not None and begin <= current[1]:
                current = (current[0], max(current[1], end))
            else:
                if current is not None and current[0] < current[1] > at:
                    yield current
                current = (begin, end)
            if current[1] - current[0] >= LONG and current[1] > at:
                yield current
                current = (current[1], current[1])
            idle = 0
        day += timedelta(days=1)
        idle += 1
        if current is not None and idle > 1 and current[1] > at:
            if current[0] < current[1]:
                yield current
            current = None
    if current is not None and current[0] < current[1] > at:
        yield current


def _of_day(hours: Calendar, day: date) -> Iterator[Interval]:
    for begin, end in hours.shifts(day):
        first = _instant(hours.zone, day, begin, last=False)
        after = _instant(hours.zone, day, end if end > begin else end + DAY, last=True)
        if first < after:
            yield first, after


def _instant(zone: ZoneInfo, day: date, minutes: int, *, last: bool) -> datetime:
    """This wall clock time of the day; the `last` or first of two when it happens twice."""
    naive = datetime.combine(day + timedelta(days=minutes // DAY), time(minutes % DAY // 60, minutes % 60))
    early = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early <= late:
        return late if last else early
    return _jump(zone, late, early)


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The moment between these at which the clock is set forward."""
    offset = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)


def _shifts(stored: Iterable[Any]) -> tuple[Shift, ...]:
    return tuple(sorted((minutes_of(begin), minutes_of(end)) for begin, end in stored))
