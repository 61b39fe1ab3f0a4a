"""Working time of Indonesia: which days count, when an office is open, and where a deadline falls."""

from __future__ import annotations
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from workflows.domain.deadlines.city_days import CityDays, NationalDays, Override
from workflows.frozen import frozen

WIB = ZoneInfo("Asia/Jakarta")


@frozen
class OfficeHours:
    """Opening and closing time in WIB, in force from a date on until the next entry's."""

    valid_from: date
    opens: time = time(8)
    closes: time = time(16)


@frozen
class WorkCalendar:
    """Working days and office hours; every moment passed in and returned is aware, and returned ones are UTC.
    `national` knows the national calendar, which an override replaces; before the first entry of `hours`, that
    first entry applies. `decreed`: the years whose cuti bersama the city has entered by hand.
    """

    national: NationalDays
    hours: tuple[OfficeHours, ...] = (OfficeHours(date.min),)
    overrides: tuple[Override, ...] = ()
    decreed: frozenset[int] = frozenset()
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _require_sound_hours(self.hours)
        if len({o.day for o in self.overrides}) != len(self.overrides):
            raise ValueError("two overrides for one day")

    def with_city_days(self, city: CityDays) -> WorkCalendar:
        """The same with the city's days in the place of others; itself where there are none."""
        if not city.days:
            return self
        days = {each.day: each for each in (*self.overrides, *city.days)}
        return replace(self, overrides=tuple(days.values()), decreed=self.decreed | city.decreed)

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on that day of WIB."""
        days = self._working_days(day.year)
        index = bisect_right(days, day)
        return index > 0 and days[index - 1] == day

    def holiday(self, day: date) -> str | None:
        """The Indonesian name of a free day, '' for a nameless one (a weekend), None for a working day."""
        if self.is_working_day(day):
            return None
        named = {o.day: o.name for o in self.overrides if not o.working}
        return named.get(day) or self.national(day.year).days.get(day, "")

    def office_day(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing of that day, or of the next working day when it is free."""
        if not self.is_working_day(day):
            day = self._working_day_after(day, 1)
        return self._opening(day), self._closing(day)

    def next_working_moment(self, at: datetime) -> datetime:
        """`at` itself while an office is open, else the next opening."""
        local = _local(at)
        day = self._first_day_from(local)
        opening = _moment(day, self._hours_on(day).opens)
        # at closing time itself the office is closed, though deadlines still count that day
        if day == local.date() and at >= self._closing(day):
            return self._opening(self._working_day_after(day, 1))
        return max(at.astimezone(UTC), opening)

    def add_working_days(self, at: datetime, n: int) -> datetime:
        """The moment n working days later: closing time of the n-th working day after the day that counts.

        That day is the day of `at` while it is a working day up to and including closing time, else the next
        working day, as if `at` were its opening. So n whole working days always lie between, a holiday
        never shortens anything, and adding m, then n, is adding m + n.
        """
        if n < 0:
            raise ValueError(f"working days to add must not be negative: {n}")
        return self._closing(self._working_day_after(self._first_day_from(_local(at)), n))

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """Working days after the day of `a`, up to and with the day of `b`; negative when `b` comes first."""
        first, last = _local(a).date(), _local(b).date()
        if last < first:
            return -self._count(last, first)
        return self._count(first, last)

    def working_fraction(self, start: datetime, end: datetime, fraction: float) -> datetime:
        """The working moment at which that share (0 to 1) of the working time from start to end has passed.

        `end` itself when no working time lies between.
        """
        if not 0 <= fraction <= 1:
            raise ValueError(f"a fraction is between 0 and 1: {fraction}")
        spans = list(self._open_spans(start, end))
        wanted = sum((closed - opened for opened, closed in spans), timedelta()) * fraction
        for opened, closed in spans:
            if wanted <= closed - opened:
                return opened + wanted
            wanted -= closed - opened
        return end.astimezone(UTC)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when the second is not later."""
        return sum((closed - opened for opened, closed in self._open_spans(start, end)), timedelta())

    def add_working_time(self, at: datetime, span: timedelta) -> datetime:
        """The working moment at which so much working time has passed since `at`."""
        opening = at
        while True:
            opening = self.next_working_moment(opening)
            closing = self._closing(_local(opening).date())
            if span <= closing - opening:
                return opening + span
            span -= closing - opening
            opening = closing

    def day_length(self, at: datetime) -> timedelta:
        """How long offices are open on the working day of that moment, or the next."""
        day = self._first_day_from(_local(at))
        return self._closing(day) - self._opening(day)

    def undecreed_years(self, years: Iterable[int]) -> tuple[int, ...]:
        """The years without any cuti bersama, national or by hand: reported as an alarm, never guessed."""
        return tuple(y for y in sorted(set(years)) if y not in self.decreed and not self.national(y).leave)

    def _working_days(self, year: int) -> tuple[date, ...]:
        if year not in self._years:
            self._years[year] = tuple(self._find_working_days(year))
        return self._years[year]

    def _find_working_days(self, year: int) -> Iterator[date]:
        free = self.national(year).days
        overrides = {o.day: o.working for o in self.overrides}
        for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            if overrides.get(day, day.weekday() < 5 and day not in free):
                yield day

    def _working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after `day`; for n = 0 the last one up to and with it."""
        year, days = day.year, self._working_days(day.year)
        index = bisect_right(days, day) + n - 1
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._working_days(year)
        return days[index]

    def _first_day_from(self, local: datetime) -> date:
        day = local.date()
        if self.is_working_day(day) and local.time() <= self._hours_on(day).closes:
            return day
        return self._working_day_after(day, 1)

    def _count(self, first: date, last: date) -> int:
        years = range(first.year, last.year)
        whole = sum(len(self._working_days(year)) for year in years)
        rank_first = bisect_right(self._working_days(first.year), first)
        return whole + bisect_right(self._working_days(last.year), last) - rank_first

    def _open_spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        day, last = _local(start).date(), _local(end).date()
        if not self.is_working_day(day):
            day = self._working_day_after(day, 1)
        while day <= last:
            opened, closed = max(start, self._opening(day)), min(end, self._closing(day))
            if opened < closed:
                yield opened.astimezone(UTC), closed.astimezone(UTC)
            day = self._working_day_after(day, 1)

    def _hours_on(self, day: date) -> OfficeHours:
        index = bisect_right(self.hours, day, key=lambda hours: hours.valid_from)
        return self.hours[max(index - 1, 0)]

    def _opening(self, day: date) -> datetime:
        return _moment(day, self._hours_on(day).opens)

    def _closing(self, day: date) -> datetime:
        return _moment(day, self._hours_on(day).closes)


def _require_sound_hours(hours: tuple[OfficeHours, ...]) -> None:
    if not hours:
        raise ValueError("office hours are missing")
    if any(entry.opens >= entry.closes for entry in hours):
        raise ValueError("office hours must open before they close")
    dates = [entry.valid_from for entry in hours]
    if any(a >= b for a, b in pairwise(dates)):
        raise ValueError("office hours must be in order of valid_from, one entry a date")


def local_day(at: datetime) -> date:
    """The day that it is in the city at that moment."""
    return _local(at).date()


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(WIB)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, WIB).astimezone(UTC)
