"""When something that repeats happens next, on paper."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.recurrence import Rule, first_time, following

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NEW_YORK = ZoneInfo("America/New_York")


def always(day):
    return True


def weekdays(day):
    return day.weekday() < 5


def local(zone, *parts):
    return datetime(*parts, tzinfo=zone).astimezone(UTC)


def times(rule, first, zone, count, works=always):
    found = first_time(rule, first, zone, works)
    shown = []
    while found is not None and len(shown) < count:
        step, at = found
        shown.append(at.astimezone(zone).strftime("%Y-%m-%d %H:%M"))
        found = following(rule, first, zone, after_step=step, after=at, is_business_day=works)
    return shown


def test_months_are_those_of_the_calendar_and_the_31st_comes_back():
    first = local(SAO_PAULO, 2026, 1, 31, 9)
    assert times(Rule("month"), first, SAO_PAULO, 4) == [
        "2026-01-31 09:00", "2026-02-28 09:00", "2026-03-31 09:00", "2026-04-30 09:00",
    ]  # fmt: skip


def test_nine_o_clock_stays_nine_o_clock_when_summer_time_begins():
    first = local(NEW_YORK, 2026, 3, 7, 9)
    assert times(Rule("day"), first, NEW_YORK, 3) == [
        "2026-03-07 09:00",
        "2026-03-08 09:00",
        "2026-03-09 09:00",
    ]


def test_every_second_week():
    first = local(SAO_PAULO, 2026, 3, 10, 14, 30)
    assert times(Rule("week", 2), first, SAO_PAULO, 2) == ["2026-03-10 14:30", "2026-03-24 14:30"]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("any", ["2026-03-13", "2026-03-14", "2026-03-15", "2026-03-16"]),
        ("skip", ["2026-03-13", "2026-03-16", "2026-03-17", "2026-03-18"]),
        ("next", ["2026-03-13", "2026-03-16", "2026-03-17", "2026-03-18"]),
        ("previous", ["2026-03-13", "2026-03-16", "2026-03-17", "2026-03-18"]),
    ],
)
def test_every_day_over_a_weekend(what, expected):
    rule = Rule("day", business_days=what)
    shown = times(rule, local(SAO_PAULO, 2026, 3, 13, 9), SAO_PAULO, 4, weekdays)
    assert [one[:10] for one in shown] == expected


@pytest.mark.parametrize(
    ("what", "day"), [("next", "2026-02-16"), ("previous", "2026-02-13"), ("skip", "2026-04-15")]
)
def test_a_month_whose_day_is_a_sunday(what, day):
    """15 February and 15 March 2026 are Sundays."""
    rule = Rule("month", business_days=what)
    first = local(SAO_PAULO, 2026, 1, 15, 9)
    assert times(rule, first, SAO_PAULO, 2, weekdays)[1][:10] == day


def test_minutes_after_a_long_pause_go_on_without_making_up():
    rule, first = Rule("minute", 10), local(SAO_PAULO, 2020, 1, 1, 0)
    now = local(SAO_PAULO, 2026, 3, 10, 12, 5)
    step, at = following(rule, first, SAO_PAULO, after_step=0, after=now, is_business_day=always)
    assert (at - now).total_seconds() == 5 * 60
    assert step == (at - first).total_seconds() / 600


def test_it_ends_with_its_last_day():
    rule = Rule("day", until=date(2026, 3, 11))
    assert len(times(rule, local(SAO_PAULO, 2026, 3, 10, 9), SAO_PAULO, 9)) == 2


def test_a_company_that_never_works_ends_it():
    rule = Rule("month", business_days="skip")
    assert times(rule, local(SAO_PAULO, 2026, 3, 10, 9), SAO_PAULO, 3, lambda day: False) == []


@given(
    unit=st.sampled_from(["minute", "day", "week", "month"]),
    every=st.integers(1, 60),
    what=st.sampled_from(["any", "skip", "next", "previous"]),
    first=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_times_only_go_forward_and_fall_on_business_days(unit, every, what, first):
    rule = Rule(unit, every, what)
    shown = times(rule, first, NEW_YORK, 8, weekdays)
    if unit != "minute":  # an hour that repeats shows the same clock twice
        assert shown == sorted(set(shown))
    if what != "any":
        assert all(datetime.fromisoformat(one).weekday() < 5 for one in shown)
