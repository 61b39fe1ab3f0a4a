"""Files that lost most of their words against the table in force: sound by themselves, and hardly meant so."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from workflows.routing.build import phrases_in
from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding, of_file
from workflows.routing.check.sheet import Sheet, read_sheet
from workflows.routing.columns import phrase_column

_FILES = ("accusations.csv", "danger.csv", "phrases.csv")
_FEW = 5  # phrases; of a file of fewer most may go on purpose


def check_thinned(given: Container[str], sheets: Sheets, base: Mapping[str, str]) -> Iterator[Finding]:
    """A warning at each given file in which more than half of the phrases in force are gone."""
    for name in (name for name in _FILES if name in given and sheets[name].rows):
        before = _phrases(read_sheet(name, base[name].encode()))
        gone = before - _phrases(sheets[name])
        if len(before) > _FEW and len(gone) * 2 > len(before):
            message = f"{len(gone)} dari {len(before)} frasa yang berlaku tidak ada lagi"
            yield of_file(name, message, "pastikan berkas ini lengkap", warning=True)


def _phrases(sheet: Sheet) -> set[str]:
    column = phrase_column(sheet.name)
    return {phrase.casefold() for row in sheet.rows for phrase in phrases_in(row[column])}
