"""The units: codes that nobody else has, each under the department that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from workflows.domain.department import EXTERNAL
from workflows.domain.unit import unit_of_kelurahan
from workflows.routing.check.codes import RESERVED, Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row
from workflows.routing.columns import KEC
from workflows.routing.places import department_of

_CODE = re.compile(r"[A-Z][A-Z0-9-]*")
_KELURAHAN = "kelurahan"


def check_units(sheets: Sheets) -> Iterator[Finding]:
    """Every mistake of units.csv that takes more than one cell to see."""
    departments = {row["code"] for row in sheets["departments.csv"].rows if row["code"]}
    kelurahan = _offices(sheets)
    for row in (row for row in sheets["units.csv"].rows if row.whole and row["code"]):
        yield from _code(row, departments)
        if row["opd"] in departments:
            yield from _under(row, kelurahan)
            yield from _named_after_another(row, departments)


def _offices(sheets: Sheets) -> dict[str, str]:
    """The unit of each kelurahan → its kecamatan's office."""
    rows = sheets["kelurahan.csv"].rows
    return {unit_of_kelurahan(row["kelurahan"]): department_of(row["kecamatan"]) for row in rows}


def _code(row: Row, departments: Collection[str]) -> Iterator[Finding]:
    code = row["code"]
    if code in RESERVED:
        yield row.wrong("code", f"“{code}” dipakai Laksa sendiri", "pilih kode lain")
    elif code in departments:
        yield row.wrong("code", f"“{code}” sudah menjadi kode OPD", "pilih kode lain")
    elif not _CODE.fullmatch(code):
        yield row.wrong("code", f"“{code}” bukan kode", "huruf besar, angka, dan tanda hubung saja")


def _under(row: Row, kelurahan: Mapping[str, str]) -> Iterator[Finding]:
    """A kelurahan stands under the office of its own kecamatan, and nothing under what is not the city's."""
    opd, own = row["opd"], kelurahan.get(row["code"])
    if opd == EXTERNAL:
        yield row.wrong("opd", f"{EXTERNAL} bukan OPD kota, jadi tidak punya unit", "pilih OPD yang membawahinya")
    elif row["kind"] == _KELURAHAN and own and opd != own:
        message = f"menurut kelurahan.csv, {row['name']} ada di bawah {own}, bukan {opd}"
        yield row.wrong("opd", message, f"tulis {own}")
    elif row["kind"] == _KELURAHAN and not opd.startswith(f"{KEC}-"):
        yield row.wrong("opd", f"kelurahan hanya di bawah kecamatan, bukan {opd}", "pilih kecamatannya")


def _named_after_another(row: Row, departments: Collection[str]) -> Iterator[Finding]:
    """A line that was copied from another department and kept its code hands cases to the wrong house."""
    named = (code for code in departments if row["code"].startswith(f"{code}-"))
    longest = max(named, key=len, default=row["opd"])
    if longest != row["opd"]:
        message = f"kode {row['code']} menyebut {longest}, tetapi unit ini di bawah {row['opd']}"
        yield row.wrong("opd", message, f"apakah maksudnya {longest}?", warning=True)
