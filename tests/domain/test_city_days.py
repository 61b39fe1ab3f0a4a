"""The city's own days complete a calendar, beat what it knew, and leave it alone where there are none."""

from __future__ import annotations
from datetime import date

import pytest

from functions.app.data_files import national_year
from tests.builders import CALENDAR, wib
from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.domain.deadlines.city_days import CityDays, Override, read_city_days, read_day

HEAD = "date,kind,name\n"
CHRISTMAS = date(2028, 12, 26)


def completed(*rows: str, calendar: WorkCalendar = CALENDAR) -> WorkCalendar:
    return calendar.with_city_days(read_city_days(HEAD + "".join(f"{row}\n" for row in rows)))


@pytest.mark.parametrize("written", ["2028-12-26", "26/12/2028", "26-12-2028", " 26/12/2028 "])
def test_a_day_is_read_as_it_is_typed_and_as_excel_saves_it(written: str) -> None:
    assert read_day(written) == CHRISTMAS


@pytest.mark.parametrize("written", ["", "12/26/2028", "2028-13-01", "26 Desember 2028", "26/12/28", "46746", "x"])
def test_what_is_no_day_is_an_error_that_says_so(written: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        read_day(written)


def test_a_free_day_has_its_name_and_a_deadline_passes_over_it() -> None:
    calendar = completed("2026-07-08,libur,Pemilihan")
    assert calendar.holiday(date(2026, 7, 8)) == "Pemilihan"
    before, after = (c.add_working_days(wib("2026-07-06 09:00"), 2) for c in (CALENDAR, calendar))
    assert (before, after) == (wib("2026-07-08 16:00"), wib("2026-07-09 16:00"))


def test_a_day_on_which_offices_work_all_the_same_counts() -> None:
    free = next(day for day in (date(2026, 12, 24), date(2026, 12, 25)) if not CALENDAR.is_working_day(day))
    assert completed(f"{free.isoformat()},masuk,Batal").is_working_day(free)


def test_one_cuti_bersama_ends_the_alarm_of_its_year_and_no_other_day_does() -> None:
    assert completed("2028-12-26,cuti_bersama,Natal").undecreed_years([2028, 2029]) == (2029,)
    assert completed("2028-12-26,libur,Natal").undecreed_years([2028]) == (2028,)


def test_the_city_s_day_beats_the_policy_s() -> None:
    written = WorkCalendar(national_year, overrides=(Override(CHRISTMAS, False, "lama"),), decreed=frozenset({2030}))
    calendar = completed("2028-12-26,masuk,Batal", "2029-12-26,cuti_bersama,Natal", calendar=written)
    assert calendar.is_working_day(CHRISTMAS)
    assert calendar.decreed == {2029, 2030}


def test_without_any_day_the_calendar_is_the_same_one() -> None:
    assert CALENDAR.with_city_days(CityDays()) is CALENDAR
    assert completed() is CALENDAR


def test_a_kind_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a kind of day: cuti"):
        completed("2028-12-26,cuti,Natal")
