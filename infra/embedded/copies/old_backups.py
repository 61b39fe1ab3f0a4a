"""Backups that go: those that are too old, and halves that a kill has left. What cannot go is told, not raised."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from infra.embedded.copies.backup_names import PART, half_of, too_old


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
