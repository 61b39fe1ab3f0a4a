"""The city's areas: codes that fit their kecamatan, an office for each, none lost."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding, meant, of_file
from workflows.routing.check.sheet import Row
from workflows.routing.columns import KEC
from workflows.routing.places import department_of

_CODE = re.compile(r"36\.71\.(\d\d)\.\d{4}")
_FILE = "kelurahan.csv"
KECAMATAN, KELURAHAN = 13, 104
"""How many Kota Tangerang has."""


def check_areas(sheets: Sheets) -> Iterator[Finding]:
    """Every mistake of kelurahan.csv and outside.csv that takes more than one cell to see."""
    rows = [row for row in sheets[_FILE].rows if row.whole and row["code"]]
    yield from (finding for row in rows for finding in _code(row))
    yield from _disagreeing(rows)
    yield from _numbers(sheets)
    yield from _offices(sheets)
    yield from _outside(sheets)


def _code(row: Row) -> Iterator[Finding]:
    if not _CODE.fullmatch(row["code"]):
        yield row.wrong("code", f"“{row['code']}” bukan kode kelurahan", "seperti 36.71.01.1001")


def _disagreeing(rows: list[Row]) -> Iterator[Finding]:
    """The third part of the code is the kecamatan: its rows must agree on the name."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        names[row["code"][:8]][row["kecamatan"]] += 1
    for row in rows:
        usual = names[row["code"][:8]].most_common(1)[0][0]
        if _CODE.fullmatch(row["code"]) and row["kecamatan"] != usual:
            message = f"kode {row['code']} milik Kecamatan {usual}, bukan {row['kecamatan']}"
            yield row.wrong("kecamatan", message, f"tulis {usual} atau perbaiki kodenya")


def _numbers(sheets: Sheets) -> Iterator[Finding]:
    rows = sheets[_FILE].rows
    counted = (("kelurahan", len(rows), KELURAHAN), ("kecamatan", len({r["kecamatan"] for r in rows}), KECAMATAN))
    for what, there, wanted in counted:
        if there != wanted:
            message = f"ada {there} {what}, Kota Tangerang punya {wanted}"
            yield of_file(_FILE, message, "periksa baris yang hilang atau lebih", warning=there > wanted)


def _offices(sheets: Sheets) -> Iterator[Finding]:
    """Each kecamatan has its office among the departments, and no office is without its kecamatan."""
    names = {department_of(row["kecamatan"]): row["kecamatan"] for row in sheets[_FILE].rows if row["kecamatan"]}
    offices = {row["code"]: row for row in sheets["departments.csv"].rows if row["code"].startswith(f"{KEC}-")}
    for code in names.keys() - offices.keys():
        message = f"Kecamatan {names[code]} belum punya kantor"
        yield of_file("departments.csv", message, f"tambahkan baris dengan kode {code}")
    for code in offices.keys() - names.keys():
        advice = meant(code, names, "tambahkan kelurahannya di kelurahan.csv")
        yield offices[code].wrong("code", f"tidak ada kecamatan untuk kode “{code}”", advice)


def _outside(sheets: Sheets) -> Iterator[Finding]:
    own = {row[field].casefold() for row in sheets[_FILE].rows for field in ("kecamatan", "kelurahan")}
    for row in sheets["outside.csv"].rows:
        if row["name"] and row["name"].casefold() in own:
            yield row.wrong("name", f"“{row['name']}” ada di dalam kota", "hapus baris ini")
