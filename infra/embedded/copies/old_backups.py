"""The names of backups, and the removal of old ones and of partial ones left by a killed process. What cannot be
removed is reported, not raised.
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
    """A backup's name: the city's own time to the second, so that backups sort by name."""
    return f"{_day(at)}T{at.astimezone(WIB):%H-%M-%S}"


def half_of(name: str) -> str:
    """The name of a backup while it is being made or deleted."""
    return f".{name}{PART}"


def backups_among(names: Iterable[str]) -> list[str]:
    """The names of complete backups, oldest first."""
    return sorted(name for name in names if _NAME.fullmatch(name))


def backups_in(folder: Path) -> list[Path]:
    """The complete backups in a folder, oldest first; none without the folder."""
    return [folder / name for name in backups_among(file.name for file in folder.glob("*"))]


def too_old(names: Iterable[str], at: datetime, days: int, at_least: int) -> list[str]:
    """Backups that are `days` days old or more at `at`, oldest first, without the newest `at_least`; none for 0
    days. Days are calendar days: what is erased after a backup is in no backup that many days later.
    """
    whole, last = backups_among(names), _day(at - timedelta(days=days))
    return [name for name in whole[: max(len(whole) - at_least, 0)] if days and name[: len(last)] <= last]


def _day(at: datetime) -> str:
    return f"laksa-{at.astimezone(WIB):%Y-%m-%d}"


class Keep(NamedTuple):
    """Which backups stay: those younger than that many days (0: all), and always the newest `at_least`."""

    days: int = 0
    at_least: int = 1


class Gone(NamedTuple):
    """Names of what was deleted, and a sentence for each that could not be."""

    names: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def remove_halves(folder: Path) -> Gone:
    """Delete partial backups; nobody may be making one in the folder."""
    return _gone(sorted(folder.glob(f".laksa-*{PART}")), shutil.rmtree)


def remove_old(folder: Path, made: Path, at: datetime, keep: Keep) -> Gone:
    """Delete the old backups; never `made`, the one just made."""
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
    """Rename it first, so that a partly deleted one is no backup any more after a power cut."""
    shutil.rmtree(backup.rename(backup.with_name(half_of(backup.name))))
