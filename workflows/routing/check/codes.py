"""The codes and names that the table's own files declare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.department import EXTERNAL, NO_DEPARTMENT
from workflows.domain.offices import DESK
from workflows.routing.check.finding import meant
from workflows.routing.check.sheet import Sheet
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


@dataclass(frozen=True)
class Codes:
    """What a cell of each kind may hold. units: whose code is a unit's, and the department above it."""

    of: Mapping[str, frozenset[str]]
    units: Mapping[str, str]

    def unknown(self, column: Column, written: str) -> tuple[str, str] | None:
        """Message and proposal for a code that is none; None when it is right."""
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
        """The department that was probably meant: a unit stands under one, never under another unit."""
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
