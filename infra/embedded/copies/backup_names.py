"""What backups are called, and which are too old."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from workflows.domain.calendar import WIB

PART = ".part"
_NAME = re.compile(r"laksa-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d")


def name_of(at: datetime) -> str:
    """By the city's own clock, to the second: names in order are backups in order."""
    return f"{_day(at)}T{at.astimezone(WIB):%H-%M-%S}"


def half_of(name: str) -> str:
    """What a backup is called while it is made, and while it is deleted."""
    return f".{name}{PART}"


def backups_among(names: Iterable[str]) -> list[str]:
    """The names of whole backups, oldest first."""
    return sorted(name for name in names if _NAME.fullmatch(name))


def backups_in(folder: Path) -> list[Path]:
    """The whole backups in a folder, oldest first; none where there is no folder."""
    return [folder / name for name in backups_among(file.name for file in folder.glob("*"))]


def too_old(names: Iterable[str], at: datetime, days: int, at_least: int) -> list[str]:
    """Those of `days` days before `at` and older, oldest first, without the newest `at_least`; none for 0 days.

    Whole days of the calendar: what is erased after a backup is in none any more so many days later.
    """
    whole, last = backups_among(names), _day(at - timedelta(days=days))
    return [name for name in whole[: max(len(whole) - at_least, 0)] if days and name[: len(last)] <= last]


def _day(at: datetime) -> str:
    return f"laksa-{at.astimezone(WIB):%Y-%m-%d}"
