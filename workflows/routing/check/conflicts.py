"""Checks who hears accusations: conflicts.csv, shared mailboxes, and what the board may change. An accusation
never goes to the accused, nor to an office that commands them. A board's link is in a mailbox, so the board may
not change where restricted complaints go; the command may.
"""

from __future__ import annotations
import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflows.domain import offices
from workflows.domain.directory import DESK_HEAD, EXTERNAL, Directory, read_departments
from workflows.domain.notifications.mailbox_check import UNIT, AddressChange, address_changes
from workflows.domain.offices import DESK, MAYOR, OFFICES
from workflows.routing.check.codes import Codes, Sheets
from workflows.routing.check.sheet import Finding, Row, of_file
from workflows.routing.columns import EVERYBODY, INSTITUTION, KEC, SEKDA
from workflows.routing.conflict.detection import INSPEKTORAT
from workflows.routing.ranking import PUNGLI

_FILE = "conflicts.csv"
_UNDER = {SEKDA: "SETDA"}
"""For a code of somebody above the departments: the code of their own office."""
_NAMING = {"office": False, "overseer": False, "teacher": False, "desk": False, "police": True}
"""Kinds of words that name an office (False) or an institution (True)."""


def check_accusations(sheets: Sheets, codes: Codes) -> Iterator[Finding]:
    """Yield the mistakes of conflicts.csv and accusations.csv that involve more than one cell."""
    rows = [row for row in sheets[_FILE].rows if row.whole]
    yield from (finding for row in rows for finding in _hearing(row))
    yield from _everybody(rows)
    yield from _led_away(sheets, {row["to"] for row in rows})
    yield from _cues(sheets, codes)


def _hearing(row: Row) -> Iterator[Finding]:
    accused, to = row["accused"], row["to"]
    if to and (to in (accused, _UNDER.get(accused)) or (accused == KEC and to.startswith(f"{KEC}-"))):
        yield row.wrong("to", f"tuduhan terhadap {accused} akan sampai ke kantornya sendiri", "pilih yang lain")
    if to and to in row.codes("keep_out"):
        yield row.wrong("to", f"{to} menerima tuduhan ini padahal ada di keep_out", "pilih yang lain")
    if to == EXTERNAL and not row["external"]:
        yield row.wrong("external", "instansi luar belum disebut", "kode instansi ada di external.csv")
    if row["external"] and to != EXTERNAL:
        yield row.wrong("external", f"instansi luar hanya untuk {EXTERNAL}", "kosongkan")
    if accused == DESK_HEAD and row["desk"] == "yes":
        yield row.wrong("desk", f"meja operator milik {DESK_HEAD}, yang di sini dilaporkan", "tulis no")


def _everybody(rows: list[Row]) -> Iterator[Finding]:
    """The row for everybody else must exist, and must not send an accusation to the accused."""
    rest = next((row for row in rows if row["accused"] == EVERYBODY), None)
    accused = {row["accused"] for row in rows}
    if rest is None:
        advice = f"tambahkan baris “{EVERYBODY},INSPEKTORAT,,SETDA,yes”"
        yield of_file(_FILE, f"tidak ada baris {EVERYBODY} untuk siapa saja selebihnya", advice)
        return
    if not rest.codes("keep_out"):
        message = "tidak ada yang dijauhkan dari tuduhan terhadap siapa saja selebihnya"
        yield rest.wrong("keep_out", message, f"tulis {_UNDER[SEKDA]}")
    if rest["to"] not in (EXTERNAL, "") and rest["to"] not in accused:
        message = f"tuduhan terhadap {rest['to']} sendiri akan sampai ke {rest['to']}"
        yield rest.wrong("to", message, f"tambahkan baris untuk {rest['to']}")
    if rest["desk"] == "yes" and DESK_HEAD not in accused:
        message = f"tuduhan terhadap {DESK_HEAD} akan terbaca di mejanya sendiri"
        yield rest.wrong("desk", message, f"tambahkan baris untuk {DESK_HEAD} dengan desk no")


def _led_away(sheets: Sheets, hearing: set[str]) -> Iterator[Finding]:
    """The category of accusations belongs to the office that hears them; no exception may move it to another."""
    of_pungli = (row for row in sheets["categories.csv"].rows if row["code"] == PUNGLI)
    exceptions = (row for row in sheets["exceptions.csv"].rows if row["category"] == PUNGLI)
    for row in (*of_pungli, *exceptions):
        if row["opd"] and row["opd"] not in {*hearing, EXTERNAL}:
            message = f"laporan {PUNGLI} akan sampai ke {row['opd']}, yang tidak menerima tuduhan menurut {_FILE}"
            yield row.wrong("opd", message, f"pilih {' atau '.join(sorted(hearing - {EXTERNAL})) or EXTERNAL}")


def _cues(sheets: Sheets, codes: Codes) -> Iterator[Finding]:
    for row in sheets["accusations.csv"].rows:
        outside = _NAMING.get(row["kind"])
        if outside is None or not row.whole:
            continue
        if not row["code"]:
            yield row.wrong("code", f"kata jenis {row['kind']} harus menyebut kodenya", "isilah kode OPD atau instansi")
        elif (row["code"] in codes.of[INSTITUTION]) != outside:
            wanted = "instansi (external.csv)" if outside else "OPD (departments.csv)"
            yield row.wrong("code", f"kata jenis {row['kind']} menyebut {wanted}, bukan {row['code']}", "ganti kodenya")


CONFLICTS, CATEGORIES = "conflicts.csv", "categories.csv"
ONLY_BY_COMMAND = "hanya lewat perintah `laksa routing import` oleh pengelola sistem"
_Texts = Mapping[str, str]


def not_from_board(before: _Texts, after: _Texts) -> Iterator[Finding]:
    """Findings for changes that the board may not make, though both tables are valid."""
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
    """The offices whose mailboxes the board may not change: the desk, and all that hear accusations."""
    hearing = {row["to"] for row in _rows(texts[CONFLICTS])} - {EXTERNAL, ""}
    return {DESK, offices.SEKDA, MAYOR, INSPEKTORAT} | hearing


def directory_of(texts: _Texts) -> Directory:
    """The departments and units of a table's texts."""
    return read_departments(texts["departments.csv"], texts["units.csv"])


def _address(change: AddressChange) -> Finding:
    file = "units.csv" if change.field == UNIT else "departments.csv"
    was, now = change.old or "belum ada", change.new or "dihapus"
    return of_file(file, f"{change.whose}: {was} → {now}, tidak dapat diubah lewat papan kerja", ONLY_BY_COMMAND)


def _also(text: str, sealed: set[str]) -> dict[str, str]:
    """Who else receives the complaints that those offices hear: code by category."""
    return {row["code"]: row["also"] for row in _rows(text) if row["opd"] in sealed}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


_DEFAULTS = {"mailbox": "{}@opd.example", "head_mailbox": "kepala.{}@opd.example", "fallback_mailbox": ""}
"""Columns with an address, and the default address for an empty cell."""


class _Box(NamedTuple):
    """An address in a row, or (row None) the default one of an office without a row."""

    office: str
    row: Row | None
    field: str

    @property
    def place(self) -> str:
        """Whose address it is, and where it is written."""
        return f"{self.row['code']} (baris {self.row.line})" if self.row else f"{self.office} (alamat bawaan)"


def check_mailboxes(sheets: Sheets) -> Iterator[Finding]:
    """Findings for an address that two offices share: a mistake if one of them hears accusations,
    else a warning.
    """
    hearing = {DESK, *(row["to"] for row in sheets["conflicts.csv"].rows)} - {EXTERNAL, ""}
    readers = {address: [box] for address, box in _without_row(sheets)}
    for address, box in _boxes(sheets):
        others = readers.setdefault(address, [])
        other = next((o for o in _hearing_first(others, hearing) if o.office != box.office), None)
        if other and box.row:
            yield _shared(box.row, box.field, other, bool({box.office, other.office} & hearing))
        others.append(box)


def _without_row(sheets: Sheets) -> Iterator[tuple[str, _Box]]:
    """The default addresses of the desk, the Sekda and the mayor, where the table has no row for them."""
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
