"""Compares a new table with the one in force, file by file, so that nobody undoes another's work unseen. Warns
about files that lost most of their phrases.
"""

from __future__ import annotations
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from workflows.frozen import frozen
from workflows.routing.check.codes import Sheets
from workflows.routing.check.sheet import Finding, Sheet, of_file, read_sheet
from workflows.routing.columns import phrase_column, values_in


@frozen
class Changed:
    """Numbers of new and of removed rows of one file. `reordered`: the rows that stay are in another order."""

    file: str
    added: int
    removed: int
    reordered: bool


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Changed, ...]:
    """The files that differ. The order of rows counts too, since the first exception that matches decides."""
    pairs = ((name, old.get(name, "").splitlines(), text.splitlines()) for name, text in new.items())
    return tuple(_changed(*pair) for pair in pairs if pair[1] != pair[2])


def _changed(name: str, old: Sequence[str], new: Sequence[str]) -> Changed:
    before, after = Counter(old), Counter(new)
    stay = before & after
    return Changed(name, (after - before).total(), (before - after).total(), _only(old, stay) != _only(new, stay))


def _only(rows: Sequence[str], stay: Counter[str]) -> list[str]:
    """The rows that both files have, in the order of this one."""
    left = stay.copy()
    kept = []
    for row in rows:
        if left[row]:
            left[row] -= 1
            kept.append(row)
    return kept


_FILES = ("accusations.csv", "danger.csv", "phrases.csv")
_FEW = 5  # number of phrases below which most of a file may be removed on purpose


def check_thinned(given: Container[str], sheets: Sheets, base: Mapping[str, str]) -> Iterator[Finding]:
    """Warn about each given file in which more than half of the phrases in force are gone."""
    for name in (name for name in _FILES if name in given and sheets[name].rows):
        before = _phrases(read_sheet(name, base[name].encode()))
        gone = before - _phrases(sheets[name])
        if len(before) > _FEW and len(gone) * 2 > len(before):
            message = f"{len(gone)} dari {len(before)} frasa yang berlaku tidak ada lagi"
            yield of_file(name, message, "pastikan berkas ini lengkap", warning=True)


def _phrases(sheet: Sheet) -> set[str]:
    column = phrase_column(sheet.name)
    return {phrase.casefold() for row in sheet.rows for phrase in values_in(row[column])}
