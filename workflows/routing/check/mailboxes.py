"""Mailboxes that two offices share: never one of an office that hears of accusations: others would read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflows.domain.department import EXTERNAL
from workflows.domain.offices import DESK, OFFICES
from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row

_DEFAULTS = {"mailbox": "{}@opd.example", "head_mailbox": "kepala.{}@opd.example", "fallback_mailbox": ""}
"""Columns with an address, and what an empty cell stands for."""


class _Box(NamedTuple):
    """An address in a row, or (None) one that an office has without a row, and whose people read it."""

    office: str
    row: Row | None
    field: str

    @property
    def place(self) -> str:
        """Whose address it is, and where that is written."""
        return f"{self.row['code']} (baris {self.row.line})" if self.row else f"{self.office} (alamat bawaan)"


def check_mailboxes(sheets: Sheets) -> Iterator[Finding]:
    """An address of two offices: a mistake where one of them hears of accusations, else only odd."""
    hearing = {DESK, *(row["to"] for row in sheets["conflicts.csv"].rows)} - {EXTERNAL, ""}
    readers = {address: [box] for address, box in _without_row(sheets)}
    for address, box in _boxes(sheets):
        others = readers.setdefault(address, [])
        other = next((o for o in _hearing_first(others, hearing) if o.office != box.office), None)
        if other and box.row:
            yield _shared(box.row, box.field, other, bool({box.office, other.office} & hearing))
        others.append(box)


def _without_row(sheets: Sheets) -> Iterator[tuple[str, _Box]]:
    """The usual addresses of the desk, the Sekda and the mayor, where the table has no line for them."""
    given = {row["code"] for row in sheets["departments.csv"].rows}
    for code, (_, _, mailbox) in OFFICES.items():
        if code not in given:
            yield mailbox.casefold(), _Box(code, None, "mailbox")


def _boxes(sheets: Sheets) -> Iterator[tuple[str, _Box]]:
    for name, owner in (("departments.csv", "code"), ("units.csv", "opd")):
        rows = (row for row in sheets[name].rows if row["code"] and row["code"] != EXTERNAL)
        for row in (row for row in rows if owner == "code" or row["code"] not in OFFICES):
            for field, address in _addresses(row.cells):
                yield address, _Box(row[owner], row, field)


def _addresses(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    own = {"mailbox": OFFICES[cells["code"]][2]} if cells["code"] in OFFICES else {}
    for field, default in {**_DEFAULTS, **own}.items():
        address = cells.get(field, "") or default.format(cells["code"]) if field in cells else ""
        if address:
            yield field, address.casefold()


def _hearing_first(boxes: list[_Box], hearing: set[str]) -> list[_Box]:
    return sorted(boxes, key=lambda box: box.office not in hearing)


def _shared(row: Row, field: str, other: _Box, heard: bool) -> Finding:
    message = f"alamat ini juga dipakai {other.place}"
    if heard:
        message += ", padahal laporan tentang pungli tidak boleh terbaca OPD yang dilaporkan"
    return row.wrong(field, message, "beri kotak surat sendiri", warning=not heard)
