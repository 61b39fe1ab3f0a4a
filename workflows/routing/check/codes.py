"""The codes and names that the table's own files declare; checks that each is declared once, and that the codes
the program itself needs are there.
"""

from __future__ import annotations
from collections.abc import Iterable, Iterator, Mapping

from workflows.domain.directory import EXTERNAL, NO_DEPARTMENT
from workflows.domain.offices import DESK
from workflows.frozen import frozen
from workflows.routing.check.sheet import Finding, Row, Sheet, meant, of_file
from workflows.routing.columns import (
    AREA,
    ASSISTANT,
    CATEGORY,
    DEPARTMENT,
    INSTITUTION,
    KEC,
    KECAMATAN,
    MAYOR,
    OFFICE,
    SEKDA,
    Column,
)

Sheets = Mapping[str, Sheet]
RESERVED = (DESK, SEKDA, MAYOR, KEC)
"""Codes that the program itself gives a meaning: no department may take them."""

_KINDS = {
    DEPARTMENT: ("kode", "kode OPD ada di departments.csv"),
    CATEGORY: ("kategori", "kode kategori ada di categories.csv"),
    INSTITUTION: ("instansi", "kode instansi ada di external.csv"),
    OFFICE: ("kode", "kode ada di departments.csv dan external.csv"),
    KECAMATAN: ("kecamatan", "nama kecamatan ada di kelurahan.csv"),
    AREA: ("kelurahan atau kecamatan", "nama wilayah ada di kelurahan.csv"),
    ASSISTANT: ("asisten", "kodenya ada di departments.csv, jenis office"),
}


@frozen
class Codes:
    """The values that a cell of each kind may hold. `units`: code of a unit → the department above it."""

    of: Mapping[str, frozenset[str]]
    units: Mapping[str, str]

    def unknown(self, column: Column, written: str) -> tuple[str, str] | None:
        """Message and proposal for an unknown code; None when the code is known."""
        known = self.of[column.holds] | set(column.also)
        if written in known:
            return None
        what, where = _KINDS[column.holds]
        if written in RESERVED:
            return f"“{written}” bukan OPD yang bisa diberi laporan", where
        if written in self.units and column.holds == DEPARTMENT:
            return f"“{written}” adalah unit, bukan OPD", self._above(written)
        return f'{what} "{written}" tidak dikenal', meant(written, known, where)

    def _above(self, unit: str) -> str:
        """The department that was probably meant: a unit belongs to a department, never to another unit."""
        opd = self.units[unit]
        return f"tulis OPD-nya, {opd}" if opd in self.of[DEPARTMENT] else "tulis OPD-nya"


def read_codes(sheets: Sheets) -> Codes:
    """Every code that the files declare."""
    offices = {row["code"] for row in sheets["departments.csv"].rows if row["kind"] == NO_DEPARTMENT}
    departments = _column(sheets, "departments.csv", "code") - offices
    institutions = _column(sheets, "external.csv", "code")
    kecamatan = _column(sheets, "kelurahan.csv", "kecamatan")
    return Codes(
        {
            DEPARTMENT: departments,
            CATEGORY: _column(sheets, "categories.csv", "code"),
            INSTITUTION: institutions,
            OFFICE: departments - {EXTERNAL} | institutions,
            KECAMATAN: kecamatan,
            AREA: kecamatan | _column(sheets, "kelurahan.csv", "kelurahan"),
            ASSISTANT: frozenset(offices - {"", *RESERVED}),
        },
        {row["code"]: row["opd"] for row in sheets["units.csv"].rows if row["code"]},
    )


def _column(sheets: Sheets, name: str, field: str) -> frozenset[str]:
    return frozenset(filter(None, (row[field] for row in sheets[name].rows)))


_ONCE = (
    ("categories.csv", "code"),
    ("conflicts.csv", "accused"),
    ("departments.csv", "code"),
    ("external.csv", "code"),
    ("kelurahan.csv", "code"),
    ("kelurahan.csv", "kelurahan"),
    ("outside.csv", "name"),
    ("place_words.csv", "name"),
    ("roads.csv", "road"),
    ("slang.csv", "word"),
    ("units.csv", "code"),
)


def check_doubles(sheets: Sheets) -> Iterator[Finding]:
    """Yield a finding for every code or name that an earlier row already has."""
    for name, field in _ONCE:
        yield from _doubles(sheets[name].rows, field)


def _doubles(rows: Iterable[Row], field: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for row in rows:
        key = row[field].casefold()
        if key and first.setdefault(key, row.line) != row.line:
            message = f"“{row[field]}” sudah ada di baris {first[key]}"
            yield row.wrong(field, message, "hapus salah satunya atau ubah namanya")


DEPARTMENTS = (
    "BKPSDM", "BPKD", "DINKES", "DISDIK", "DISDUKCAPIL", "DISHUB", "DISKOMINFO", "DP3AP2KB", "EXTERNAL",
    "INSPEKTORAT", "KESBANGPOL", "PUPR", "RSUD", "SATPOLPP", "SETDA",
)  # fmt: skip
CATEGORIES = (
    "jalan_non_kota", "jalan_rusak", "kdrt", "kepegawaian", "ketertiban", "lainnya", "layanan_kelurahan",
    "layanan_luar", "parkir_liar", "perundungan", "pungli", "sekolah_biaya_guru",
)  # fmt: skip
INSTITUTIONS = ("EXT-OMBUDSMAN",)
ACCUSED = ("INSPEKTORAT", "SEKDA", "SETDA", "WALIKOTA")
"""The offices above the others and the Sekda's own: without their rows they would hear accusations against
themselves.
"""

_NEEDED = (
    ("departments.csv", "OPD", DEPARTMENTS),
    ("categories.csv", "kategori", CATEGORIES),
    ("external.csv", "instansi", INSTITUTIONS),
)


def check_needed(sheets: Sheets) -> Iterator[Finding]:
    """Yield a finding for every missing row that Laksa needs."""
    for name, what, needed in _NEEDED:
        there = {row["code"] for row in sheets[name].rows}
        for code in (code for code in needed if code not in there):
            yield of_file(name, f"{what} {code} tidak ada, padahal Laksa memakainya", "kembalikan barisnya")
    there = {row["accused"] for row in sheets["conflicts.csv"].rows}
    for code in (code for code in ACCUSED if code not in there):
        message = f"tidak ada baris untuk {code}: tuduhan terhadapnya bisa sampai ke kantornya sendiri"
        yield of_file("conflicts.csv", message, "kembalikan barisnya")
