"""Checks the city's own days: each appears once and has an effect. Warns which years count as
decreed from now on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.domain.deadlines.city_days import COLLECTIVE_LEAVE, DAYS_FILE, FREE, WORKED, YEARS, read_day
from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding, of_file
from workflows.routing.check.sheet import Row, Sheet, read_sheet

_SATURDAY = 5


def check_days(sheets: Sheets, national: WorkCalendar) -> Iterator[Finding]:
    """A day that appears twice is a mistake; one that changes nothing is a warning."""
    first: dict[date, int] = {}
    for row, day in _dated(sheets[DAYS_FILE]):
        if first.setdefault(day, row.line) != row.line:
            yield row.wrong("date", f"{day.isoformat()} sudah ada di baris {first[day]}", "hapus salah satunya")
        elif idle := _without_effect(row, day, national):
            yield row.wrong("date", f"{day.isoformat()} {idle}", "periksa tanggalnya", warning=True)


def check_decreed(sheets: Sheets, base: Mapping[str, str], national: WorkCalendar) -> Iterator[Finding]:
    """Warn for each year that gets its first cuti bersama: a single one ends the alarm about that year."""
    before = _leaves(read_sheet(DAYS_FILE, base[DAYS_FILE].encode()))
    for year, days in sorted(_leaves(sheets[DAYS_FILE]).items()):
        if year not in before and national.undecreed_years((year,)):
            message = f"cuti bersama {year}: {len(days)} hari; dengan ini tahun {year} dianggap lengkap"
            yield of_file(DAYS_FILE, message, "cocokkan dengan SKB, juga hari libur nasionalnya", warning=True)


def _without_effect(row: Row, day: date, national: WorkCalendar) -> str:
    if row["kind"] == WORKED:
        return "memang hari kerja" if national.is_working_day(day) else ""
    if day.weekday() >= _SATURDAY:
        return "jatuh pada akhir pekan"
    name = national.holiday(day) if row["kind"] == FREE else None
    return f"memang libur nasional ({name})" if name else ""


def _leaves(sheet: Sheet) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for row, day in _dated(sheet):
        if row["kind"] == COLLECTIVE_LEAVE:
            found.setdefault(day.year, []).append(day)
    return found


def _dated(sheet: Sheet) -> Iterator[tuple[Row, date]]:
    """The rows whose date can be read; the check of the cells reports the others."""
    for row in sheet.rows:
        with suppress(ValueError):
            if (day := read_day(row["date"])).year in YEARS:
                yield row, day
