"""Mailboxes that two offices share: never one of an office that hears of accusations: others would read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflows.domain.department import EXTERNAL
from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row

_DEFAULTS = {"mailbox": "{}@opd.example", "head_mailbox": "kepala.{}@opd.example", "fallback_mailbox": ""}
"""Columns with an address, and what an empty cell stands for."""


class _Box(NamedTuple):
    """An address in a row, and the department whose people read it."""

    office: str
    row: Row
    field: str


def check_mailboxes(sheets: Sheets) -> Iterator[Finding]:
    """An address of two offices: a mistake where one of them hears of accusations, else only odd."""
    hearing = {row["to"] for row in sheets["conflicts.csv"].rows} - {EXTERNAL, ""}
    readers: dict[str, list[_Box]] = {}
    for address, box in _boxes(sheets):
        others = readers.setdefault(address, [])
        other = next((o for o in _hearing_first(others, hearing) if o.office != box.office), None)
        if other:
            yield _shared(box, other, bool({box.office, other.office} & hearing))
        others.append(box)


def _boxes(sheets: Sheets) -> Iterator[tuple[str, _Box]]:
    for name, owner in (("departments.csv", "code"), ("units.csv", "opd")):
        for row in (row for row in sheets[name].rows if row["code"] and row["code"] != EXTERNAL):
            for field, address in _addresses(row.cells):
                yield address, _Box(row[owner], row, field)


def _addresses(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, default in _DEFAULTS.items():
        address = cells.get(field, "") or default.format(cells["code"]) if field in cells else ""
        if address:
            yield field, address.casefold()


def _hearing_first(boxes: list[_Box], hearing: set[str]) -> list[_Box]:
    return sorted(boxes, key=lambda box: box.office not in hearing)


def _shared(box: _Box, other: _Box, heard: bool) -> Finding:
    message = f"alamat ini juga dipakai {other.row['code']} (baris {other.row.line})"
    if heard:
        message += ", padahal laporan tentang pungli tidak boleh terbaca OPD yang dilaporkan"
    return box.row.wrong(box.field, message, "beri kotak surat sendiri", warning=not heard)
