"""What a new table changes, file by file, so that nobody undoes another's work unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Changed:
    """How many rows of a file are new, and how many are gone."""

    file: str
    added: int
    removed: int


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Changed, ...]:
    """The files that differ."""
    counted = (_changed(name, old.get(name, ""), text) for name, text in new.items())
    return tuple(change for change in counted if change.added or change.removed)


def _changed(name: str, old: str, new: str) -> Changed:
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    return Changed(name, (after - before).total(), (before - after).total())
