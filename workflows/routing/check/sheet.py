"""Reads one file as rows of named cells and reports what is wrong with its shape: encoding, separator, columns, an
unclosed quote (everything after it became one cell). Also protects cells that a spreadsheet would evaluate: an
apostrophe makes them text, and is removed when the file comes back.
"""

from __future__ import annotations
import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from workflows.frozen import frozen
from workflows.routing.columns import COLUMNS, FILES, Column, TornRow, numbered_rows, values_in


@dataclass(frozen=True, order=True)
class Finding:
    """A mistake at file, line and column (counted from 1). A warning does not keep the table from being used."""

    file: str
    line: int
    column: int
    field: str
    message: str
    proposal: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" + (f" (kolom {self.field})" if self.field else "")
        kind = "peringatan: " if self.warning else ""
        return f"{place}: {kind}{self.message}" + (f" – {self.proposal}" if self.proposal else "")


def of_file(name: str, message: str, proposal: str = "", warning: bool = False) -> Finding:
    """A finding about a file as a whole."""
    return Finding(name, 1, 1, "", message, proposal, warning)


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when no known word is similar."""
    by_key = {word.casefold(): word for word in known}
    key = written.casefold()
    close = get_close_matches(key, list(by_key), n=5, cutoff=0.7)
    swapped = [word for word in close if sorted(word) == sorted(key)]
    return next((by_key[word] for word in (*swapped, *close)), None)


def meant(written: str, known: Iterable[str], otherwise: str = "") -> str:
    """The proposal “maksudnya DISHUB?” when a known word is similar, else the text `otherwise`."""
    close = nearest(written, known)
    return f"maksudnya {close}?" if close else otherwise


SEPARATORS = ",;\t"
WAY_OUT = "simpan lagi dari lembar kerja sebagai “CSV UTF-8”"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of spreadsheet files: .xlsx and .ods, .xls."""


def decode(name: str, raw: bytes) -> tuple[str, list[Finding]]:
    """The text without its BOM, and findings. Bytes that are not UTF-8 are reported and decoded as well as
    possible; a workbook gives no text.
    """
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
    """Whether the name is that of a spreadsheet's own file, not of an export."""
    return name.casefold().endswith((".xlsx", ".xls", ".ods"))


def _utf_16(raw: bytes) -> str:
    """The codec of UTF-16 text without a BOM ('' for other text): every ASCII letter has a zero byte before or
    after it.
    """
    if raw.startswith(_UTF_16):
        return "utf-16"
    return "utf-16-be" if raw[0] == 0 else "utf-16-le"


def separator(text: str, columns: Iterable[str]) -> str:
    """Comma, semicolon (Excel in Indonesian) or tab: the one with which the header matches the most columns."""
    head, known = text.split("\n", 1)[0].casefold(), set(columns)
    return max(SEPARATORS, key=lambda mark: len(known & {cell.strip(' "\r') for cell in head.split(mark)}))


def unclosed(text: str, mark: str) -> int:
    """The line on which an unclosed quote was opened; 0 when all are closed. `mark`: the separator."""
    lines = list(io.StringIO(text, newline=""))
    begins = _beginnings(lines, mark)
    if not lines or _closed(lines[begins[-2] - 1 :], mark):
        return 0
    long = (line for line, following in pairwise(begins) if following > line + 1)
    return next(long, begins[-2])


def _beginnings(lines: Sequence[str], mark: str) -> list[int]:
    """The line on which each row begins, and finally the line after the last row."""
    reader = csv.reader(lines, delimiter=mark)
    return [1, *(reader.line_num + 1 for _ in reader)]


def _closed(row: Sequence[str], mark: str) -> bool:
    """Whether the row's quotes are closed. A row that ends inside quotes has an odd number of them, but so has `5"
    pipe`: only the first is invalid CSV.
    """
    try:
        return "".join(row).count('"') % 2 == 0 or bool(list(csv.reader(row, delimiter=mark, strict=True)))
    except csv.Error:
        return False


FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_TEXT = "'"


def harmless(cell: str) -> str:
    """The cell as text for a spreadsheet; a cell that already begins with an apostrophe gets another, so that it
    survives.
    """
    return f"{_TEXT}{cell}" if cell.lstrip(_TEXT).startswith(FORMULAS) else cell


def as_written(cell: str) -> str:
    """The inverse of `harmless`."""
    return cell[1:] if cell.startswith(_TEXT) and cell.lstrip(_TEXT).startswith(FORMULAS) else cell


_QUOTES = "tutup, atau hapus tanda itu"
_OPEN = "apakah tanda kutipnya belum ditutup?"
_BLANK = " \t\r\n\xa0\u200b\ufeff"


@frozen
class Row:
    """A row's cells by column, stripped. `whole`: it has as many cells as the header."""

    file: str
    line: int
    cells: Mapping[str, str]
    places: Mapping[str, int]
    whole: bool = True

    def __getitem__(self, field: str) -> str:
        return self.cells[field]

    def codes(self, field: str) -> list[str]:
        """The codes of one of its cells."""
        return values_in(self.cells[field])

    def wrong(self, field: str, message: str, proposal: str = "", warning: bool = False) -> Finding:
        """A finding about one of its cells."""
        return Finding(self.file, self.line, self.places.get(field, 1), field, message, proposal, warning)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A file's rows, and findings about its shape. Not `readable`: the rows are probably not the intended ones."""

    name: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    readable: bool = True


@lru_cache(maxsize=2 * len(FILES))
def read_sheet(name: str, raw: bytes) -> Sheet:
    """Read a file of the table: comma, semicolon or tab, with or without a BOM. `name` is one of FILES. The same
    bytes give the same object: most files of an upload are as they were in the check before it.
    """
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
    """Column → its position, from 1; columns that are missing, unknown or repeated are added to `findings`."""
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
    """Column names in lower case, without the empty ones that a spreadsheet adds at the end."""
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
    """The cells by column. Missing cells are empty: Excel omits empty cells at a row's end."""
    padded = ["", *cells, *[""] * places[""]]
    return {
        column.name: as_written(padded[places.get(column.name, 0)].strip(_BLANK)).strip(_BLANK) for column in columns
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
