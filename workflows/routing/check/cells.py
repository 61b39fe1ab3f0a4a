"""Checks each cell by itself: does it hold what its column requires?"""

from __future__ import annotations
import re
from collections.abc import Callable, Iterator, Mapping

from workflows.domain.deadlines.city_days import YEARS, read_day
from workflows.routing.check.codes import Codes, Sheets
from workflows.routing.check.sheet import Finding, meant
from workflows.routing.columns import (
    AREA,
    ASSISTANT,
    CATEGORY,
    CHOICE,
    COLUMNS,
    DAY,
    DEPARTMENT,
    HEAVIEST,
    INSTITUTION,
    KECAMATAN,
    MAILBOX,
    OFFICE,
    PHONE,
    PHRASE,
    WEIGHT,
    WORD,
    YES_NO,
    Column,
    values_in,
)
from workflows.routing.text import fold

Wrong = tuple[str, str] | None
_ERRORS_OF_SPREADSHEETS = ("#NAME?", "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")
_CODES = (DEPARTMENT, CATEGORY, INSTITUTION, OFFICE, KECAMATAN, AREA, ASSISTANT)
_PHONE = re.compile(r"\+?[\d() ./-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_IN_ENGLISH = {"ya": "yes", "y": "yes", "tidak": "no", "tdk": "no", "t": "no", "true": "yes", "false": "no"}


def check_cells(sheets: Sheets, codes: Codes) -> Iterator[Finding]:
    """Check every cell of every row that has all its cells; what many rows say is looked at once."""
    for name, columns in COLUMNS.items():
        rows = [row for row in sheets[name].rows if row.whole]
        for column in columns:
            values = {row[column.name] for row in rows}
            wrong = {value: found for value in values if (found := _wrong_with(value, column, codes))}
            for row in rows if wrong else ():
                if row[column.name] or column.name in row.places:
                    yield from (row.wrong(column.name, *words) for words in wrong.get(row[column.name], ()))


def _wrong_with(value: str, column: Column, codes: Codes) -> list[tuple[str, str]]:
    """What is wrong with a cell, and what belongs there."""
    if not value:
        return [("sel ini tidak boleh kosong", _what_belongs(column))] if column.required else []
    formula = _formula(column, value)
    parts = values_in(value) if column.several else [value]
    found = [formula] if formula else [_part(codes, column, part) for part in parts]
    return [wrong for wrong in found if wrong]


def _what_belongs(column: Column) -> str:
    return f"salah satu dari {', '.join(column.choices)}" if column.choices else "isilah"


def _formula(column: Column, value: str) -> Wrong:
    """The finding for a value that a spreadsheet would evaluate as a formula."""
    if value in _ERRORS_OF_SPREADSHEETS:
        return f"“{value}” adalah galat rumus lembar kerja", "ketik isinya sebagai teks"
    harmless = column.holds == WEIGHT or (column.holds == PHONE and _PHONE.fullmatch(value))
    if value[0] in "=+-@" and not harmless:
        return f"isi sel diawali “{value[0]}”, dibaca sebagai rumus oleh lembar kerja", "buang tanda itu"
    if _CONTROL.search(value):
        return "ada tanda yang tidak terlihat (karakter kendali)", "ketik lagi isi sel ini"
    return ("ada huruf rusak (�)", "ketik lagi huruf itu") if "�" in value else None


def _part(codes: Codes, column: Column, written: str) -> Wrong:
    if column.holds in _CODES:
        return codes.unknown(column, written)
    check = _CHECKS.get(column.holds, _length)
    return check(column, written)


def _length(column: Column, value: str) -> Wrong:
    if not column.longest or len(value) <= column.longest:
        return None
    return f"{len(value)} huruf, paling banyak {column.longest}", f"misalnya “{value[: column.longest].strip()}”"


def _weight(_column: Column, value: str) -> Wrong:
    if _DECIMAL_COMMA.fullmatch(value):
        return f"bobot “{value}” memakai koma desimal", f"tulis {value.replace(',', '.')}"
    try:
        weight = float(value)
    except ValueError:
        return f"bobot “{value}” bukan angka", "tulis angka, misalnya 5"
    if 0 < weight <= HEAVIEST:
        return None
    return f"bobot {value} di luar batas", f"lebih dari 0, paling tinggi {HEAVIEST:g}"


def _choice(column: Column, value: str) -> Wrong:
    if value in column.choices:
        return None
    known = _IN_ENGLISH.get(value.casefold()) if column.choices == YES_NO else None
    advice = f"tulis {known}" if known else meant(value, column.choices, f"pilihannya {', '.join(column.choices)}")
    return f"“{value}” bukan pilihan", advice


def _mailbox(_column: Column, value: str) -> Wrong:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False)
    except EmailNotValidError:
        return f"“{value}” bukan alamat email", "seperti nama@tangerangkota.go.id"
    if "." not in value.rpartition("@")[2]:
        return f"“{value}” bukan alamat email", "bagian setelah @ tidak lengkap"
    return None


def _phone(_column: Column, value: str) -> Wrong:
    return None if _PHONE.fullmatch(value) else (f"“{value}” bukan nomor telepon", "angka saja, seperti 021-5582144")


def _word(_column: Column, value: str) -> Wrong:
    if re.fullmatch("[a-z]+", value):
        return None
    return f"“{value}” tidak akan pernah cocok", f"satu kata berhuruf kecil, seperti {_letters(value)}"


def _letters(value: str) -> str:
    return re.sub("[^a-z]", "", fold(value)) or "kata"


def _day(_column: Column, value: str) -> Wrong:
    try:
        year = read_day(value).year
    except ValueError:
        return f"“{value}” bukan tanggal", "tahun-bulan-hari seperti 2028-12-26, atau hari/bulan/tahun"
    return None if year in YEARS else (f"tahun {year} di luar batas", f"{YEARS[0]} sampai {YEARS[-1]}")


def _phrase(_column: Column, value: str) -> Wrong:
    if any(not part.strip() for piece in value.split("|") for part in piece.split("+")):
        return f"“{value}” punya bagian kosong di sebelah + atau |", "buang tanda itu atau isi bagiannya"
    return None


_CHECKS: Mapping[str, Callable[[Column, str], Wrong]] = {
    WEIGHT: _weight,
    CHOICE: _choice,
    MAILBOX: _mailbox,
    PHONE: _phone,
    WORD: _word,
    PHRASE: _phrase,
    DAY: _day,
}
