"""The city's own days, as its table says: free, cuti bersama, or worked on. They complete a calendar."""

from __future__ import annotations
import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple


class NationalYear(NamedTuple):
    """days: the free days with their Indonesian names. leave: cuti bersama are known, and among them."""

    days: Mapping[date, str]
    leave: bool


NationalDays = Callable[[int], NationalYear]
"""The free days of a year; it is called more than once for the same year."""


DAYS_FILE = "holidays.csv"
FREE, COLLECTIVE_LEAVE, WORKED = "libur", "cuti_bersama", "masuk"
KINDS = (FREE, COLLECTIVE_LEAVE, WORKED)
YEARS = range(2020, 2100)
"""Accepted years: another one is a typing mistake."""
_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
"""The second and third are what Excel with Indonesian settings makes of the first."""


class Override(NamedTuple):
    """A day the national calendar does not know: a free day, or a working day where it says free."""

    day: date
    working: bool
    name: str = ""


class CityDays(NamedTuple):
    """Days that replace those of the national calendar and of the policy; `decreed`: years with a cuti bersama."""

    days: tuple[Override, ...] = ()
    decreed: frozenset[int] = frozenset()


def read_city_days(text: str) -> CityDays:
    """A CSV text with date, kind and name; ValueError for a date that is none, or a kind."""
    return city_days(csv.DictReader(io.StringIO(text, newline="")))


def city_days(rows: Iterable[dict[str, str]]) -> CityDays:
    """The same of its rows. A year with one cuti bersama counts as decreed."""
    read = [(read_day(row["date"]), row["kind"], row["name"]) for row in rows]
    if wrong := [kind for _, kind, _ in read if kind not in KINDS]:
        raise ValueError(f"not a kind of day: {wrong[0]}")
    days = tuple(Override(day, kind == WORKED, name) for day, kind, name in read)
    return CityDays(days, frozenset(day.year for day, kind, _ in read if kind == COLLECTIVE_LEAVE))


def read_day(text: str) -> date:
    """`2028-12-26`, or day, month, year as in 26/12/2028; ValueError."""
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ValueError(f"no date: {text}")
