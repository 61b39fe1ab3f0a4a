"""The city's own days that a table brings or takes away, written out so that nobody mistakes day for month."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from functions.views.table_words import KINDS_OF_DAY
from functions.views.words import full_date
from workflows.domain.city_days import DAYS_FILE, read_day

MOST = 100


def days_changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[bool, str]]:
    """Each new day (True) and each that is gone, in their order; both tables are sound."""
    before, after = _days(old[DAYS_FILE]), _days(new[DAYS_FILE])
    changed = [(day, True) for day in after - before] + [(day, False) for day in before - after]
    return [(is_new, _words(*day)) for day, is_new in sorted(changed)][:MOST]


def _days(text: str) -> set[tuple[str, str, str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {(read_day(row["date"]).isoformat(), row["kind"], row["name"]) for row in rows}


def _words(day: str, kind: str, name: str) -> str:
    return f"{full_date(read_day(day), 'id')}: {KINDS_OF_DAY[kind]}, {name}"
