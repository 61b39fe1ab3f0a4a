"""What the board may not change: by these cells restricted reports would reach somebody else.

A board's link lives in a mailbox; whoever runs the command is known to the city. Whose category an accusation is
needs no seal: it goes to nobody whom conflicts.csv does not name (check/accusations), but for who reads it too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from workflows.domain.department import EXTERNAL, Directory, read_departments
from workflows.domain.notifications.mailbox_check import UNIT, AddressChange, address_changes
from workflows.domain.offices import DESK, MAYOR, SEKDA
from workflows.routing.check.finding import Finding, of_file
from workflows.routing.verdict import INSPEKTORAT

CONFLICTS, CATEGORIES = "conflicts.csv", "categories.csv"
ONLY_BY_COMMAND = "hanya lewat perintah `laksa routing import` oleh pengelola sistem"
_Texts = Mapping[str, str]


def not_from_board(before: _Texts, after: _Texts) -> Iterator[Finding]:
    """A mistake for each of them; both tables are sound."""
    sealed = sealed_offices(before) | sealed_offices(after)
    for change in address_changes(directory_of(before), directory_of(after)):
        if change.opd in sealed:
            yield _address(change)
    if _rows(before[CONFLICTS]) != _rows(after[CONFLICTS]):
        yield of_file(CONFLICTS, "berkas ini tidak dapat diubah lewat papan kerja", ONLY_BY_COMMAND)
    old, new = (_also(texts[CATEGORIES], sealed) for texts in (before, after))
    for code in sorted(code for code, also in new.items() if old.get(code, "") != also):
        message = f"kolom also pada {code} tidak dapat diubah lewat papan kerja"
        yield of_file(CATEGORIES, message, ONLY_BY_COMMAND)


def sealed_offices(texts: _Texts) -> set[str]:
    """Those whose mailboxes the board leaves alone: the desk itself, and all that hear of accusations."""
    hearing = {row["to"] for row in _rows(texts[CONFLICTS])} - {EXTERNAL, ""}
    return {DESK, SEKDA, MAYOR, INSPEKTORAT} | hearing


def directory_of(texts: _Texts) -> Directory:
    """The departments and units of a table's texts."""
    return read_departments(texts["departments.csv"], texts["units.csv"])


def _address(change: AddressChange) -> Finding:
    file = "units.csv" if change.field == UNIT else "departments.csv"
    was, now = change.old or "belum ada", change.new or "dihapus"
    return of_file(file, f"{change.whose}: {was} → {now}, tidak dapat diubah lewat papan kerja", ONLY_BY_COMMAND)


def _also(text: str, sealed: set[str]) -> dict[str, str]:
    """Who else gets the reports that they hear, by category."""
    return {row["code"]: row["also"] for row in _rows(text) if row["opd"] in sealed}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
