"""What the program itself names: without it the table cannot be used."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding, of_file

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
"""Who stands above the offices, and the Sekda's own: by the row of everybody they would hear of themselves."""

_NEEDED = (
    ("departments.csv", "OPD", DEPARTMENTS),
    ("categories.csv", "kategori", CATEGORIES),
    ("external.csv", "instansi", INSTITUTIONS),
)


def check_needed(sheets: Sheets) -> Iterator[Finding]:
    """Every row that is missing though Laksa counts on it."""
    for name, what, needed in _NEEDED:
        there = {row["code"] for row in sheets[name].rows}
        for code in (code for code in needed if code not in there):
            yield of_file(name, f"{what} {code} tidak ada, padahal Laksa memakainya", "kembalikan barisnya")
    there = {row["accused"] for row in sheets["conflicts.csv"].rows}
    for code in (code for code in ACCUSED if code not in there):
        message = f"tidak ada baris untuk {code}: tuduhan terhadapnya bisa sampai ke kantornya sendiri"
        yield of_file("conflicts.csv", message, "kembalikan barisnya")
