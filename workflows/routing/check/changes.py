"""What a new table changes, file by file, so that nobody undoes another's work unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Changed:
    """How many rows of a file are new, and how many gone; reordered: those that stay stand in another order."""

    file: str
    added: int
    removed: int
    reordered: bool


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Changed, ...]:
    """The files that differ: the order of rows counts too, for the first exception that fits decides."""
    pairs = ((name, old.get(name, "").splitlines(), text.splitlines()) for name, text in new.items())
    return tuple(_changed(*pair) for pair in pairs if pair[1] != pair[2])


def _changed(name: str, old: Sequence[str], new: Sequence[str]) -> Changed:
    before, after = Counter(old), Counter(new)
    stay = before & after
    return Changed(name, (after - before).total(), (before - after).total(), _only(old, stay) != _only(new, stay))


def _only(rows: Sequence[str], stay: Counter[str]) -> list[str]:
    """The rows that stand in both files, in the order of this one."""
    left = stay.copy()
    kept = []
    for row in rows:
        if left[row]:
            left[row] -= 1
            kept.append(row)
    return kept
