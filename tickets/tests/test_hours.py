"""Business hours, against a calendar that looks at every minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tickets import hours
from tickets.hours import Calendar

OFFICE = [["09:00", "12:00"], ["13:00", "18:00"]]
SAO_PAULO = "America/Sao_Paulo"
ZONES = [SAO_PAULO, "America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
ODD_ZONES = ["America/Havana", "Pacific/Apia", "America/Sao_Paulo", "Asia/Gaza"]


def office(timezone=SAO_PAULO, holidays=(), **days):
    weekly = dict.fromkeys(hours.WEEKDAYS[:5], OFFICE) | days
    return hours.calendar(weekly, holidays, timezone)


def local(text, zone=SAO_PAULO, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def test_two_shifts_a_day_leave_lunch_closed():
    calendar = office()
    seen = {clock: hours.is_open(calendar, local(f"2026-11-23 {clock}")) for clock in (
        "08:59", "09:00", "11:59", "12:00", "12:59", "13:00", "17:59", "18:00"
    )}  # fmt: skip
    assert [clock for clock, is_open in seen.items() if is_open] == ["09:00", "11:59", "13:00", "17:59"]


def test_a_night_shift_belongs_to_the_day_on_which_it_begins():
    calendar = office(sat=[["22:00", "06:00"]], sun=[])
    assert hours.is_open(calendar, local("2026-11-29 05:59"))  # Sunday morning
    assert not hours.is_open(calendar, local("2026-11-29 06:00"))
    assert not hours.is_open(calendar, local("2026-11-29 22:30"))


def test_around_the_clock_never_closes_between_days():
    calendar = hours.calendar({name: [["00:00", "24:00"]] for name in hours.WEEKDAYS}, [], SAO_PAULO)
    assert hours.minutes_between(calendar, local("2026-11-23 00:00"), local("2026-11-30 00:00")) == 7 * 1440


def test_around_the_clock_is_answered_at_once():
    """It once walked through eight thousand years."""
    calendar = hours.calendar({name: [["00:00", "24:00"]] for name in hours.WEEKDAYS}, [], SAO_PAULO)
    at = local("2026-11-23 03:00")
    assert hours.next_opening(calendar, at) == at
    assert hours.next_closing(calendar, at) is None
    assert hours.add_minutes(calendar, at, 90) == at + timedelta(minutes=90)
    assert hours.add_minutes(calendar, at, 90 * 1440) == at + timedelta(days=90)
    assert hours.minutes_between(calendar, at, at + timedelta(days=90)) == 90 * 1440


def test_a_month_without_a_break_closes_at_the_first_holiday():
    holiday = [{"date": "2027-01-15", "name": "Inventory", "shifts": []}]
    calendar = hours.calendar({name: [["00:00", "24:00"]] for name in hours.WEEKDAYS}, holiday, SAO_PAULO)
    for start in ("2026-11-23 03:00", "2026-12-15 12:00", "2027-01-14 23:59"):
        assert hours.next_closing(calendar, local(start)) == local("2027-01-15 00:00")
    assert hours.closed_since(calendar, local("2027-01-15 08:00")) == local("2027-01-15 00:00")


def test_a_holiday_is_closed_or_has_its_own_shifts():
    eve = {"date": "2026-12-24", "name": "Christmas Eve", "shifts": [["09:00", "12:00"]]}
    calendar = office(holidays=[eve, {"date": "2026-12-25", "name": "Christmas"}])
    assert hours.is_open(calendar, local("2026-12-24 11:00"))
    assert not hours.is_open(calendar, local("2026-12-24 14:00"))
    assert not hours.is_open(calendar, local("2026-12-25 10:00"))
    assert hours.next_opening(calendar, local("2026-12-24 12:00")) == local("2026-12-28 09:00")


def test_the_closed_period_begins_at_the_last_closing():
    calendar = office()
    assert hours.closed_since(calendar, local("2026-11-29 15:00")) == local("2026-11-27 18:00")
    assert hours.closed_since(calendar, local("2026-11-27 12:30")) == local("2026-11-27 12:00")
    assert hours.closed_since(calendar, local("2026-11-27 15:00")) is None


def test_who_never_opens_never_opens():
    calendar = hours.calendar({}, [], SAO_PAULO)
    at = local("2026-11-23 09:00")
    assert hours.next_opening(calendar, at) is None
    assert hours.add_minutes(calendar, at, 1) is None
    assert hours.closed_since(calendar, at) is None
    assert hours.minutes_between(calendar, at, at + timedelta(days=900)) == 0


def test_without_hours_it_is_always_open():
    at = local("2026-11-23 03:00")
    assert hours.is_open(None, at)
    assert hours.add_minutes(None, at, 90) == at + timedelta(minutes=90)


def test_working_minutes_run_over_lunch_and_the_weekend():
    calendar = office()
    assert hours.add_minutes(calendar, local("2026-11-27 17:30"), 60) == local("2026-11-30 09:30")
    assert hours.minutes_between(calendar, local("2026-11-27 11:30"), local("2026-11-30 09:30")) == 360


def test_a_shift_in_the_missing_hour_begins_when_the_clock_jumps():
    calendar = hours.calendar({"sun": [["02:30", "10:00"]]}, [], "America/New_York")
    jump = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)  # 01:59 is followed by 03:00
    assert hours.next_opening(calendar, jump - timedelta(hours=1)) == jump
    assert hours.minutes_between(calendar, jump - timedelta(days=1), jump + timedelta(days=1)) == 7 * 60


def test_a_shift_through_the_repeated_hour_is_an_hour_longer():
    calendar = hours.calendar({"sun": [["00:00", "06:00"]]}, [], "America/New_York")
    day = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    assert hours.minutes_between(calendar, day, day + timedelta(days=2)) == 7 * 60


@pytest.mark.parametrize("text", ["9:00", "24:01", "12:60", "ab:cd", "", "12", "-1:00", "١٢:٠٠x"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match="no time"):
        hours.minutes_of(text)


# --- against the wall clock, minute by minute ---

minute = st.integers(0, 47).map(lambda half: half * 30)
shift = st.tuples(minute, minute.map(lambda end: end + 30))
days = st.lists(shift, max_size=2).map(lambda found: tuple(sorted(found)))
weeks = st.tuples(*[days] * 7)
around = st.sampled_from([
    datetime(2026, 3, 7, 12), datetime(2026, 10, 31, 12), datetime(2026, 4, 4, 6), datetime(2026, 10, 3, 9),
    datetime(2018, 11, 3, 12), datetime(2018, 2, 17, 12), datetime(2011, 12, 29, 12), datetime(2026, 6, 10),
])  # fmt: skip
moments = st.builds(lambda base, minutes: base.replace(tzinfo=UTC) + timedelta(minutes=minutes), around,
                    st.integers(0, 3 * 1440))  # fmt: skip
calendars = st.builds(
    lambda zone, weekly, off: Calendar(ZoneInfo(zone), weekly, dict.fromkeys(off, ())),
    st.sampled_from(ZONES + ODD_ZONES),
    weeks,
    st.lists(st.sampled_from([date(2026, 3, 8), date(2026, 11, 1), date(2018, 11, 4)]), max_size=1),
)


def covered(calendar, at):
    """The wall clock says so, and its hour happens only once."""
    seen = at.astimezone(calendar.zone)
    clock = seen.hour * 60 + seen.minute
    today = any(
        begin <= clock < end or (end <= begin and clock >= begin)
        for begin, end in calendar.shifts(seen.date())
    )
    yesterday = any(
        end <= begin and clock < end for begin, end in calendar.shifts(seen.date() - timedelta(days=1))
    )
    return today or yesterday


def is_plain(calendar, at):
    """No jump of the clock within a day and a half."""
    offsets = {
        (at + timedelta(hours=hour)).astimezone(calendar.zone).utcoffset() for hour in range(-36, 37, 3)
    }
    return len(offsets) == 1


@settings(max_examples=100, deadline=None)
@given(calendars, moments)
def test_open_is_what_the_wall_clock_says(calendar, at):
    if is_plain(calendar, at):
        assert hours.is_open(calendar, at) == covered(calendar, at)


@settings(max_examples=60, deadline=None)
@given(calendars, moments)
def test_nothing_is_open_before_the_next_opening(calendar, at):
    opening = hours.next_opening(calendar, at)
    if opening is None:
        assert not any(any(day) for day in calendar.weekly)
        return
    assert opening >= at
    assert hours.is_open(calendar, opening)
    step = timedelta(minutes=15)
    for number in range(min(int((opening - at) / step), 300)):
        assert not hours.is_open(calendar, at + number * step)


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(1, 5000))
def test_added_minutes_are_the_minutes_between(calendar, at, minutes):
    end = hours.add_minutes(calendar, at, minutes)
    if end is not None:
        assert hours.minutes_between(calendar, at, end) == minutes
        assert hours.is_open(calendar, end - timedelta(seconds=1))


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(0, 3000), st.integers(0, 3000))
def test_minutes_add_up(calendar, at, first, second):
    middle = at + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    parts = hours.minutes_between(calendar, at, middle) + hours.minutes_between(calendar, middle, end)
    assert hours.minutes_between(calendar, at, end) == parts


@settings(max_examples=60, deadline=None)
@given(calendars, moments)
def test_a_closed_period_holds_no_open_minute(calendar, at):
    since = hours.closed_since(calendar, at)
    if since is not None:
        assert hours.minutes_between(calendar, since, at) == 0
        assert hours.is_open(calendar, since - timedelta(seconds=1))
