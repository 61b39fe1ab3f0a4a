"""Backups that go: those that are too old, and halves that a kill has left. What cannot go is told, not raised.

What backups are called, and which are too old.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from workflows.domain.deadlines.calendar import WIB

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


class Keep(NamedTuple):
    """Which backups stay: those younger than so many days (0: all), and the newest `at_least` in any case."""

    days: int = 0
    at_least: int = 1


class Gone(NamedTuple):
    """What was deleted, by name, and a sentence about each that could not be."""

    names: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def remove_halves(folder: Path) -> Gone:
    """Delete what is no backup yet, or no longer; nobody may be making one in the folder."""
    return _gone(sorted(folder.glob(f".laksa-*{PART}")), shutil.rmtree)


def remove_old(folder: Path, made: Path, at: datetime, keep: Keep) -> Gone:
    """Delete the backups that need not stay; never `made`, the one of this moment."""
    names = (file.name for file in folder.iterdir() if file != made)
    return _gone([folder / name for name in too_old(names, at, keep.days, keep.at_least - 1)], _remove)


def _gone(backups: Iterable[Path], remove: Callable[[Path], None]) -> Gone:
    removed, troubles = [], []
    for backup in backups:
        try:
            remove(backup)
            removed.append(backup.name)
        except OSError as error:
            troubles.append(f"{error.filename}: {error.strerror}")
    return Gone(tuple(removed), tuple(troubles))


def _remove(backup: Path) -> None:
    """It loses its name first, so that half of it is no backup any more when the power goes."""
    shutil.rmtree(backup.rename(backup.with_name(half_of(backup.name))))
