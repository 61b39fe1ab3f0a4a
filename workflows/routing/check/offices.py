"""Checks departments (codes, kinds, mailboxes, whether any category reaches them), units (unique codes, each under
its department) and areas (codes that match their kecamatan, an office for each, none missing).
"""

from __future__ import annotations
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from workflows.domain.directory import EXTERNAL, NO_DEPARTMENT, unit_of_kelurahan
from workflows.routing.check.codes import RESERVED, Sheets
from workflows.routing.check.sheet import Finding, Row, meant, of_file
from workflows.routing.columns import KEC
from workflows.routing.places import department_of

_CODE = re.compile(r"[A-Z][A-Z0-9-]*")
_ADVICE = "beri kotak surat yang berbeda"


def check_departments(sheets: Sheets) -> Iterator[Finding]:
    """Yield the mistakes of departments.csv that involve more than one cell."""
    reached = _reached(sheets)
    for row in filter(lambda row: row["code"], sheets["departments.csv"].rows):
        yield from _code(row)
        if row["code"] != EXTERNAL and row["kind"] != NO_DEPARTMENT:
            yield from _mailboxes(row)
            yield from _head(row)
            if row["code"] not in reached and not row["code"].startswith(f"{KEC}-"):
                message = f"tidak ada kategori atau pengecualian yang menuju {row['code']}"
                yield row.wrong("code", message, "tambahkan di categories.csv atau exceptions.csv", warning=True)


def _code(row: Row) -> Iterator[Finding]:
    code, kind = row["code"], row["kind"]
    if code in RESERVED and (kind != NO_DEPARTMENT or code == KEC):
        yield row.wrong("code", f"“{code}” dipakai Laksa sendiri", "pilih kode lain")
    elif not _CODE.fullmatch(code):
        yield row.wrong("code", f"“{code}” bukan kode", "huruf besar, angka, dan tanda hubung saja")
    if (kind == "external") != (code == EXTERNAL):
        yield row.wrong("kind", f"jenis external hanya untuk {EXTERNAL}", "pilih jenis OPD-nya")


def _head(row: Row) -> Iterator[Finding]:
    if row.whole and not row["head"]:
        yield row.wrong("head", "sel ini tidak boleh kosong", "jabatan kepalanya, seperti “Kepala Dinas …”")


def _mailboxes(row: Row) -> Iterator[Finding]:
    """The last mailbox of an escalation must differ from the one that did not answer."""
    own = row["mailbox"].casefold()
    for field in ("head_mailbox", "fallback_mailbox"):
        if own and row[field].casefold() == own:
            yield row.wrong(field, "alamat ini sama dengan kolom mailbox", _ADVICE)


def _reached(sheets: Sheets) -> set[str]:
    owners = {row["opd"] for name in ("categories.csv", "exceptions.csv") for row in sheets[name].rows}
    also = {code for row in sheets["categories.csv"].rows for code in row.codes("also")}
    return owners | also


_KELURAHAN = "kelurahan"


def check_units(sheets: Sheets) -> Iterator[Finding]:
    """Yield the mistakes of units.csv that involve more than one cell."""
    departments = {row["code"] for row in sheets["departments.csv"].rows if row["code"]}
    kelurahan = _offices(sheets)
    for row in (row for row in sheets["units.csv"].rows if row.whole and row["code"]):
        yield from _unit_code(row, departments)
        if row["opd"] in departments:
            yield from _under(row, kelurahan)
            yield from _named_after_another(row, departments)


def _offices(sheets: Sheets) -> dict[str, str]:
    """The unit code of each kelurahan → its kecamatan's office."""
    rows = sheets["kelurahan.csv"].rows
    return {unit_of_kelurahan(row["kelurahan"]): department_of(row["kecamatan"]) for row in rows}


def _unit_code(row: Row, departments: Collection[str]) -> Iterator[Finding]:
    code = row["code"]
    if code in RESERVED:
        yield row.wrong("code", f"“{code}” dipakai Laksa sendiri", "pilih kode lain")
    elif code in departments:
        yield row.wrong("code", f"“{code}” sudah menjadi kode OPD", "pilih kode lain")
    elif not _CODE.fullmatch(code):
        yield row.wrong("code", f"“{code}” bukan kode", "huruf besar, angka, dan tanda hubung saja")


def _under(row: Row, kelurahan: Mapping[str, str]) -> Iterator[Finding]:
    """A kelurahan belongs to the office of its own kecamatan, and no unit to an institution outside the city."""
    opd, own = row["opd"], kelurahan.get(row["code"])
    if opd == EXTERNAL:
        yield row.wrong("opd", f"{EXTERNAL} bukan OPD kota, jadi tidak punya unit", "pilih OPD yang membawahinya")
    elif row["kind"] == _KELURAHAN and own and opd != own:
        message = f"menurut kelurahan.csv, {row['name']} ada di bawah {own}, bukan {opd}"
        yield row.wrong("opd", message, f"tulis {own}")
    elif row["kind"] == _KELURAHAN and not opd.startswith(f"{KEC}-"):
        yield row.wrong("opd", f"kelurahan hanya di bawah kecamatan, bukan {opd}", "pilih kecamatannya")


def _named_after_another(row: Row, departments: Collection[str]) -> Iterator[Finding]:
    """A row that was copied from another department and kept its code would send complaints to the
    wrong office.
    """
    named = (code for code in departments if row["code"].startswith(f"{code}-"))
    longest = max(named, key=len, default=row["opd"])
    if longest != row["opd"]:
        message = f"kode {row['code']} menyebut {longest}, tetapi unit ini di bawah {row['opd']}"
        yield row.wrong("opd", message, f"apakah maksudnya {longest}?", warning=True)


_AREA_CODE = re.compile(r"36\.71\.(\d\d)\.\d{4}")
_FILE = "kelurahan.csv"
KECAMATAN, KELURAHAN = 13, 104
"""The numbers of kecamatan and kelurahan of Kota Tangerang."""


def check_areas(sheets: Sheets) -> Iterator[Finding]:
    """Yield the mistakes of kelurahan.csv and outside.csv that involve more than one cell."""
    rows = [row for row in sheets[_FILE].rows if row.whole and row["code"]]
    yield from (finding for row in rows for finding in _area_code(row))
    yield from _disagreeing(rows)
    yield from _numbers(sheets)
    yield from _area_offices(sheets)
    yield from _outside(sheets)


def _area_code(row: Row) -> Iterator[Finding]:
    if not _AREA_CODE.fullmatch(row["code"]):
        yield row.wrong("code", f"“{row['code']}” bukan kode kelurahan", "seperti 36.71.01.1001")


def _disagreeing(rows: list[Row]) -> Iterator[Finding]:
    """The third part of a code is the kecamatan: rows that share it must agree on the kecamatan's name."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        names[row["code"][:8]][row["kecamatan"]] += 1
    for row in rows:
        usual = names[row["code"][:8]].most_common(1)[0][0]
        if _AREA_CODE.fullmatch(row["code"]) and row["kecamatan"] != usual:
            message = f"kode {row['code']} milik Kecamatan {usual}, bukan {row['kecamatan']}"
            yield row.wrong("kecamatan", message, f"tulis {usual} atau perbaiki kodenya")


def _numbers(sheets: Sheets) -> Iterator[Finding]:
    rows = sheets[_FILE].rows
    counted = (("kelurahan", len(rows), KELURAHAN), ("kecamatan", len({r["kecamatan"] for r in rows}), KECAMATAN))
    for what, there, wanted in counted:
        if there != wanted:
            message = f"ada {there} {what}, Kota Tangerang punya {wanted}"
            yield of_file(_FILE, message, "periksa baris yang hilang atau lebih", warning=there > wanted)


def _area_offices(sheets: Sheets) -> Iterator[Finding]:
    """Each kecamatan has its office among the departments, and each such office its kecamatan."""
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
