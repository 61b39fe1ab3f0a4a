"""Working days and office hours of Indonesia, as a table of real dates and as laws that hold for all."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.app.data_files import national_year
from tests.sentences import sentences
from workflows.domain.deadlines.calendar import WIB, OfficeHours, WorkCalendar
from workflows.domain.deadlines.city_days import Override

CALENDAR = WorkCalendar(national_year)

RAMADAN = WorkCalendar(
    national_year,
    hours=(
        OfficeHours(date(2026, 1, 1)),
        OfficeHours(date(2026, 2, 18), time(8), time(15)),
        OfficeHours(date(2026, 3, 25)),
    ),
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def shown(at: datetime) -> str:
    assert at.tzinfo is UTC
    return at.astimezone(WIB).strftime("%Y-%m-%d %H:%M")


moments = st.datetimes(datetime(2023, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
counts = st.integers(0, 40)
spans = st.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


@pytest.mark.parametrize(("at", "moment"), sentences("calendar", "the_next_working_moment_is_now"))
def test_the_next_working_moment_is_now_or_the_next_opening(at: str, moment: str) -> None:
    assert shown(CALENDAR.next_working_moment(wib(at))) == moment


def test_office_hours_change_from_their_date_on() -> None:
    assert shown(RAMADAN.add_working_days(wib("2026-02-13 10:00"), 1)) == "2026-02-18 15:00"
    assert shown(RAMADAN.add_working_days(wib("2026-02-18 15:30"), 1)) == "2026-02-20 15:00"
    assert shown(RAMADAN.add_working_days(wib("2026-03-17 10:00"), 1)) == "2026-03-25 16:00"
    assert shown(RAMADAN.add_working_days(wib("2025-11-24 10:00"), 1)) == "2025-11-25 16:00"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 25), "Hari Raya Natal"),
        (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal"),
        (date(2026, 11, 28), ""),
        (date(2026, 11, 25), "Hari kota"),
        (date(2026, 11, 24), None),
    ],
)
def test_a_free_day_can_be_named(day: date, name: str | None) -> None:
    calendar = WorkCalendar(national_year, overrides=(Override(date(2026, 11, 25), working=False, name="Hari kota"),))
    assert calendar.holiday(day) == name


def test_the_office_day_of_a_free_day_is_the_next_working_day() -> None:
    assert [shown(at) for at in CALENDAR.office_day(date(2026, 11, 24))] == ["2026-11-24 08:00", "2026-11-24 16:00"]
    assert shown(CALENDAR.office_day(date(2026, 12, 24))[0]) == "2026-12-28 08:00"


def test_a_year_without_decree_is_an_alarm_until_the_city_has_entered_it() -> None:
    assert CALENDAR.undecreed_years([2028, 2026, 2027, 2028, 2029]) == (2028, 2029)
    assert WorkCalendar(national_year, decreed=frozenset({2028})).undecreed_years([2028, 2029]) == (2029,)


@pytest.mark.parametrize(
    "hours",
    [
        (),
        (OfficeHours(date(2026, 1, 1), time(16), time(8)),),
        (OfficeHours(date(2026, 1, 1)), OfficeHours(date(2026, 1, 1))),
        (OfficeHours(date(2026, 2, 1)), OfficeHours(date(2026, 1, 1))),
    ],
)
def test_unsound_office_hours_are_refused(hours: tuple[OfficeHours, ...]) -> None:
    with pytest.raises(ValueError, match="office hours"):
        WorkCalendar(national_year, hours=hours)


def test_two_overrides_for_one_day_are_refused() -> None:
    day = date(2026, 11, 25)
    with pytest.raises(ValueError, match="two overrides"):
        WorkCalendar(national_year, overrides=(Override(day, working=True), Override(day, working=False)))


def test_moments_without_a_zone_and_impossible_numbers_are_refused() -> None:
    now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add_working_days(now.replace(tzinfo=None), 1)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_days(now, -1)
    with pytest.raises(ValueError, match="fraction"):
        CALENDAR.working_fraction(now, now, 1.5)


@given(moments, counts)
def test_a_deadline_is_closing_time_of_a_working_day(at: datetime, n: int) -> None:
    deadline = RAMADAN.add_working_days(at, n)
    assert RAMADAN.is_working_day(deadline.astimezone(WIB).date())
    assert RAMADAN.office_day(deadline.astimezone(WIB).date())[1] == deadline


@given(moments, counts)
def test_at_least_n_whole_working_days_lie_before_a_deadline(at: datetime, n: int) -> None:
    opening = CALENDAR.next_working_moment(at).astimezone(WIB).date()
    deadline = CALENDAR.add_working_days(at, n)
    day, whole = opening + timedelta(days=1), 0
    while day <= deadline.astimezone(WIB).date():
        whole += CALENDAR.is_working_day(day)
        day += timedelta(days=1)
    assert deadline >= at
    assert whole == n or (whole == n - 1 and CALENDAR.is_working_day(opening) and opening > at.date())


@given(moments, spans, counts)
def test_a_later_start_never_has_an_earlier_deadline(at: datetime, later: timedelta, n: int) -> None:
    assert RAMADAN.add_working_days(at, n) <= RAMADAN.add_working_days(at + later, n)


@given(moments, counts)
def test_one_day_more_is_a_later_deadline(at: datetime, n: int) -> None:
    assert CALENDAR.add_working_days(at, n) < CALENDAR.add_working_days(at, n + 1)


@given(moments, counts, counts)
def test_adding_in_two_steps_is_adding_at_once(at: datetime, m: int, n: int) -> None:
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(at, m), n) == CALENDAR.add_working_days(at, m + n)


@settings(max_examples=60)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    counts,
    st.sets(days_of_2026, max_size=8),
)
def test_more_holidays_never_shorten_a_deadline(at: datetime, n: int, free: set[date]) -> None:
    stricter = WorkCalendar(national_year, overrides=tuple(Override(day, working=False) for day in free))
    assert stricter.add_working_days(at, n) >= CALENDAR.add_working_days(at, n)


@given(moments)
def test_the_next_working_moment_is_reached_from_any_moment_before_it(at: datetime) -> None:
    moment = CALENDAR.next_working_moment(at)
    assert moment >= at
    assert CALENDAR.next_working_moment(moment) == moment


@given(moments, moments, moments)
def test_working_days_between_add_up(a: datetime, b: datetime, c: datetime) -> None:
    assert CALENDAR.working_days_between(a, b) + CALENDAR.working_days_between(b, c) == CALENDAR.working_days_between(
        a, c
    )


@given(moments, spans, st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_is_never_earlier_and_stays_within_the_span(
    start: datetime, length: timedelta, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    end = start + length
    earlier = CALENDAR.working_fraction(start, end, low)
    assert start <= earlier <= CALENDAR.working_fraction(start, end, high) <= end
