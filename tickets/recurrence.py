"""When something that repeats happens next: every so many minutes, days, weeks or calendar months.

Each time is counted from the first one, so that the 31st comes back after a short month and nine o'clock stays
nine o'clock when summer time begins. A date that is no business day moves or is left out.
"""

import calendar as months
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LOOK_AHEAD = 10_000  # steps and
FAR = 50  # years: a rule whose every date is left out ends instead of running forever
IsBusinessDay = Callable[[date], bool]
DAY = "day"


@dataclass(frozen=True, slots=True)
class Rule:
    """`unit` is minute, day, week or month; `business_days` any, next, previous or skip; `until` is included."""

    unit: str
    every: int = 1
    business_days: str = "any"
    until: date | None = None


def nth(
    rule: Rule, first: datetime, zone: ZoneInfo, step: int, is_business_day: IsBusinessDay
) -> datetime | None:
    """The moment `step` intervals after `first`; None when that date is left out."""
    wanted = _plain(rule, first, zone, step)
    if rule.business_days == "any" or is_business_day(wanted.astimezone(zone).date()):
        return wanted
    if rule.business_days == "skip":
        return None
    return _moved(wanted, zone, 1 if rule.business_days == "next" else -1, is_business_day)


def following(
    rule: Rule,
    first: datetime,
    zone: ZoneInfo,
    *,
    after_step: int,
    after: datetime,
    is_business_day: IsBusinessDay,
) -> tuple[int, datetime] | None:
    """The next step and its moment, later than `after`; None when the rule has ended."""
    nearest = _nearest(rule, first, after_step, after)
    for step in range(nearest, nearest + LOOK_AHEAD):
        day = _plain(rule, first, zone, step).astimezone(zone).date()
        if (rule.until is not None and day > rule.until) or day.year > after.year + FAR:
            return None
        at = nth(rule, first, zone, step, is_business_day)
        if at is not None and at > after:
            return step, at
    return None


def first_time(
    rule: Rule, first: datetime, zone: ZoneInfo, is_business_day: IsBusinessDay
) -> tuple[int, datetime] | None:
    """Step and moment of the first time; not the wanted one when that is no business day."""
    at = nth(rule, first, zone, 0, is_business_day)
    if at is not None:
        return 0, at
    return following(rule, first, zone, after_step=0, after=first, is_business_day=is_business_day)


def _nearest(rule: Rule, first: datetime, after_step: int, after: datetime) -> int:
    """A step that is surely not too late: after a long pause nobody walks through a million minutes."""
    if rule.unit != "minute" or after <= first:
        return after_step + 1
    passed = int((after - first).total_seconds() // 60) // rule.every
    return max(after_step + 1, passed)


def _plain(rule: Rule, first: datetime, zone: ZoneInfo, step: int) -> datetime:
    if rule.unit == "minute":
        return first + timedelta(minutes=rule.every * step)
    local = first.astimezone(zone).replace(tzinfo=None)
    if rule.unit == "month":
        moved = _months_later(local, rule.every * step)
    else:
        moved = local + timedelta(days=rule.every * step * (7 if rule.unit == "week" else 1))
    return moved.replace(tzinfo=zone).astimezone(UTC)


def _months_later(local: datetime, count: int) -> datetime:
    year, month = divmod(local.year * 12 + local.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return local.replace(year=year, month=month + 1, day=min(local.day, last))


def _moved(at: datetime, zone: ZoneInfo, by: int, is_business_day: IsBusinessDay) -> datetime | None:
    local = at.astimezone(zone).replace(tzinfo=None)
    for _ in range(366):
        local += timedelta(days=by)
        if is_business_day(local.date()):
            return local.replace(tzinfo=zone).astimezone(UTC)
    return None
