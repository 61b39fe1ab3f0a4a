"""One file as rows of named cells; whatever its shape hides is told, and the rest is read all the same.

The bytes of a file as a spreadsheet saved it → its text and the character between its cells.

A quote that was opened and never closed: everything behind it became one cell.

Cells that a spreadsheet would reckon with: an apostrophe makes them text, and is taken off on their return.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflows.routing.check.finding import Finding, meant, nearest, of_file
from workflows.routing.columns import COLUMNS, Column, TornRow, numbered_rows

SEPARATORS = ",;\t"
WAY_OUT = "simpan lagi dari lembar kerja sebagai “CSV UTF-8”"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets themselves begin: .xlsx and .ods, .xls."""


def decode(name: str, raw: bytes) -> tuple[str, list[Finding]]:
    """The text without its BOM; what is not UTF-8 is told, and read as well as it can be; a workbook has none."""
    if raw.startswith(_WORKBOOKS):
        return "", [Finding(name, 1, 1, "", "berkas ini buku kerja Excel, bukan CSV", WAY_OUT)]
    if raw.startswith(_UTF_16) or b"\0" in raw[:2]:
        told = [Finding(name, 1, 1, "", "berkas ini tersimpan sebagai UTF-16", WAY_OUT)]
        return raw.decode(_utf_16(raw), "replace"), told
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        message = f"huruf di sini (bita 0x{raw[error.start]:02X}) bukan UTF-8"
        return raw.decode("cp1252", "replace"), [Finding(name, line, column, "", message, WAY_OUT)]


def is_workbook(name: str) -> bool:
    """By its name it is a file of a spreadsheet itself, not what it exports."""
    return name.casefold().endswith((".xlsx", ".xls", ".ods"))


def _utf_16(raw: bytes) -> str:
    """The codec of UTF-16 text, which may have lost its BOM: its letters have a zero byte before or behind."""
    if raw.startswith(_UTF_16):
        return "utf-16"
    return "utf-16-be" if raw[0] == 0 else "utf-16-le"


def separator(text: str, columns: Iterable[str]) -> str:
    """Comma, semicolon (Excel in Indonesian) or tab: whichever makes the head line read best."""
    head, known = text.split("\n", 1)[0].casefold(), set(columns)
    return max(SEPARATORS, key=lambda mark: len(known & {cell.strip(' "\r') for cell in head.split(mark)}))


def unclosed(text: str, mark: str) -> int:
    """The line on which the quote was opened; 0 where all are closed. mark: what stands between cells."""
    lines = list(io.StringIO(text, newline=""))
    begins = _beginnings(lines, mark)
    if not lines or _closed(lines[begins[-2] - 1 :], mark):
        return 0
    long = (line for line, following in pairwise(begins) if following > line + 1)
    return next(long, begins[-2])


def _beginnings(lines: Sequence[str], mark: str) -> list[int]:
    """The line on which each row begins, at last the line behind them all."""
    reader = csv.reader(lines, delimiter=mark)
    return [1, *(reader.line_num + 1 for _ in reader)]


def _closed(row: Sequence[str], mark: str) -> bool:
    """A row that ends within quotes has an odd number of them, and so has “5\" pipe”: only the first is no CSV."""
    try:
        return "".join(row).count('"') % 2 == 0 or bool(list(csv.reader(row, delimiter=mark, strict=True)))
    except csv.Error:
        return False


FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_TEXT = "'"


def harmless(cell: str) -> str:
    """As text; also what has an apostrophe there already, so that it comes back whole."""
    return f"{_TEXT}{cell}" if cell.lstrip(_TEXT).startswith(FORMULAS) else cell


def as_written(cell: str) -> str:
    """The inverse."""
    return cell[1:] if cell.startswith(_TEXT) and cell.lstrip(_TEXT).startswith(FORMULAS) else cell


_QUOTES = "tutup, atau hapus tanda itu"
_OPEN = "apakah tanda kutipnya belum ditutup?"
_BLANK = " \t\r\n\xa0\u200b\ufeff"


@dataclass(frozen=True)
class Row:
    """A row's cells by column, without blanks around them. whole: it has as many cells as its head."""

    file: str
    line: int
    cells: Mapping[str, str]
    places: Mapping[str, int]
    whole: bool = True

    def __getitem__(self, field: str) -> str:
        return self.cells[field]

    def codes(self, field: str) -> list[str]:
        """The parts of a cell that holds several, joined by `|`."""
        return [part.strip() for part in self.cells[field].split("|") if part.strip()]

    def wrong(self, field: str, message: str, proposal: str = "", warning: bool = False) -> Finding:
        """A mistake in one of its cells."""
        return Finding(self.file, self.line, self.places.get(field, 1), field, message, proposal, warning)


@dataclass(frozen=True)
class Sheet:
    """A file's rows, and what was wrong with its shape. Not readable: its rows are not those that were meant."""

    name: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    readable: bool = True


def read_sheet(name: str, raw: bytes) -> Sheet:
    """A file of the table, with comma, semicolon or tab, with or without a BOM. `name` is one of FILES."""
    text, findings = decode(name, raw)
    mark = separator(text, [column.name for column in COLUMNS[name]])
    try:
        lines = [row for row in numbered_rows(text, mark) if any(cell.strip(_BLANK) for cell in row[1])]
    except TornRow as error:
        return _unreadable(name, [], Finding(name, error.line, 1, "", f"baris ini tidak terbaca: {error}", _OPEN))
    if not lines:
        return _unreadable(name, findings, of_file(name, "berkas ini kosong", f"baris pertamanya {_head(name)}"))
    if line := unclosed(text, mark):
        return _unreadable(name, [], Finding(name, line, 1, "", "tanda kutip di baris ini tidak ditutup", _QUOTES))
    places = _places(name, lines[0], findings)
    rows = [_row(name, line, places, findings) for line in lines[1:]]
    spread = any("\n" in cell for row in rows for cell in row.cells.values())
    return Sheet(name, tuple(rows), tuple(findings), not spread and set(places) >= _needed(name))


def _unreadable(name: str, findings: list[Finding], otherwise: Finding) -> Sheet:
    return Sheet(name, (), tuple(findings or [otherwise]), readable=False)


def _places(name: str, head: tuple[int, list[str]], findings: list[Finding]) -> dict[str, int]:
    """Column → its place from 1; a column that is missing, unknown or there twice is told."""
    line, titles = head[0], _titles(head[1])
    declared = [column.name for column in COLUMNS[name]]
    missing = [known for known in declared if known not in titles]
    places: dict[str, int] = {}
    for place, title in enumerate(titles, start=1):
        if title in declared and title not in places:
            places[title] = place
            continue
        message, advice = f"kolom “{title}” tidak dikenal", meant(title, missing, f"kolom yang ada: {_head(name)}")
        if title in places:
            message, advice = "kolom ini ada dua kali", "hapus salah satunya"
        findings.append(Finding(name, line, place, title, message, advice))
    findings.extend(_missing(name, line, titles))
    return {"": len(titles)} | places


def _titles(cells: Sequence[str]) -> list[str]:
    """Column names in small letters; the empty ones that a spreadsheet adds at the end are none."""
    titles = [cell.strip(_BLANK).casefold() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return titles


def _missing(name: str, line: int, titles: Sequence[str]) -> Iterator[Finding]:
    for column in COLUMNS[name]:
        if column.name not in titles and not column.optional:
            written = nearest(column.name, titles)
            advice = f"apakah “{written}”?" if written else f"baris pertamanya {_head(name)}"
            yield Finding(name, line, 1, column.name, f"kolom “{column.name}” tidak ada", advice)


def _needed(name: str) -> set[str]:
    return {column.name for column in COLUMNS[name] if not column.optional}


def _row(name: str, line: tuple[int, list[str]], places: Mapping[str, int], findings: list[Finding]) -> Row:
    number, cells = line
    wanted = places[""]
    surplus = any(cell.strip(_BLANK) for cell in cells[wanted:])
    short = [c for c in COLUMNS[name] if c.required and places.get(c.name, 0) > len(cells)]
    row = Row(name, number, _cells(COLUMNS[name], cells, places), places, not (surplus or short))
    if not row.whole:
        advice = "isi yang memuat pemisah harus diapit tanda kutip" if surplus else f"isilah {short[0].name}"
        findings.append(Finding(name, number, min(len(cells), wanted) + 1, "", _count(cells, wanted), advice))
    findings.extend(_blanks(row, cells, places))
    return row


def _count(cells: Sequence[str], wanted: int) -> str:
    return f"baris ini punya {len(cells)} sel, seharusnya {wanted}"


def _cells(columns: Sequence[Column], cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """Cells that are not there are empty: Excel leaves out the empty ones at a row's end."""
    padded = ["", *cells, *[""] * places[""]]
    return {
        column.name: as_written(padded[places.get(column.name, 0)].strip(_BLANK)).strip(_BLANK)
        for column in columns
    }


def _blanks(row: Row, cells: Sequence[str], places: Mapping[str, int]) -> Iterator[Finding]:
    for field, place in places.items():
        raw = cells[place - 1] if field and place <= len(cells) else ""
        if raw.strip(_BLANK) and raw != raw.strip(_BLANK):
            yield row.wrong(field, "ada spasi di awal atau akhir sel", "dibuang saat tabel dipakai", warning=True)
        if "\n" in raw.strip(_BLANK):
            yield row.wrong(field, "isi sel ini lebih dari satu baris", _OPEN)


def _head(name: str) -> str:
    return ",".join(column.name for column in COLUMNS[name])
