"""The categories: who may own one, whether any words can choose it, what must stay restricted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row

_CODE = re.compile("[a-z][a-z0-9_]*")
_SECRET = "pungli"
_BETTER_SECRET = ("kdrt", "kepegawaian", "perundungan")


def check_categories(sheets: Sheets) -> Iterator[Finding]:
    """Every mistake of categories.csv that takes more than one cell to see."""
    kinds = defaultdict(set)
    for phrase in sheets["phrases.csv"].rows:
        kinds[phrase["category"]].add(phrase["kind"])
    for row in filter(lambda row: row["code"], sheets["categories.csv"].rows):
        yield from _code(row)
        yield from _owners(row)
        yield from _restricted(row)
        yield from _words(row, kinds[row["code"]])


def _code(row: Row) -> Iterator[Finding]:
    if not _CODE.fullmatch(row["code"]):
        yield row.wrong("code", f"“{row['code']}” bukan kode", "huruf kecil, angka, dan garis bawah saja")


def _owners(row: Row) -> Iterator[Finding]:
    if row["opd"] and row["opd"] in row.codes("also"):
        yield row.wrong("also", f"{row['opd']} sudah menjadi pemilik kategori ini", "hapus dari kolom also")


def _restricted(row: Row) -> Iterator[Finding]:
    if row["restricted"] != "no":
        return
    if row["code"] == _SECRET:
        message = "laporan pungli harus terbatas: isinya tidak boleh terbaca di email"
        yield row.wrong("restricted", message, "tulis yes")
    elif row["code"] in _BETTER_SECRET:
        yield row.wrong("restricted", f"laporan {row['code']} biasanya terbatas", "tulis yes", warning=True)


def _words(row: Row, kinds: set[str]) -> Iterator[Finding]:
    if not kinds:
        message = f"kategori {row['code']} tidak punya frasa, jadi tidak pernah terpilih"
        yield row.wrong("code", message, "tambahkan di phrases.csv", warning=True)
    elif kinds <= {"not"}:
        message = f"kategori {row['code']} hanya punya frasa “not”, jadi tidak pernah terpilih"
        yield row.wrong("code", message, "tambahkan frasa any atau must di phrases.csv")
