"""Backups of a city on one machine: what each is called, which are too many, and what of the city lies in one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from workflows.domain.calendar import WIB

STORE, KEYS, CLOCK, LEDGER = "laksa.db", "secrets.json", "clock.json", "erasures.jsonl"
FOLDERS = ("photos", "mail")
PART = ".part"
_NAME = re.compile(r"laksa-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d")


def name_of(at: datetime) -> str:
    """By the city's own clock, to the second: names in order are backups in order."""
    return f"laksa-{at.astimezone(WIB):%Y-%m-%dT%H-%M-%S}"


def backups_among(names: Iterable[str]) -> list[str]:
    """The names of whole backups, oldest first."""
    return sorted(name for name in names if _NAME.fullmatch(name))


def backups_in(folder: Path) -> list[Path]:
    """The whole backups in a folder, oldest first; none where there is no folder."""
    return [folder / name for name in backups_among(file.name for file in folder.glob("*"))]


def too_many(names: Iterable[str], keep: int) -> list[str]:
    """Which go where the newest `keep` stay, oldest first; none where `keep` is 0."""
    return backups_among(names)[:-keep] if keep else []
