"""The departments: their codes and kinds, their mailboxes, and whether anything ever reaches them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflows.domain.department import EXTERNAL, NO_DEPARTMENT
from workflows.routing.check.codes import RESERVED, Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row
from workflows.routing.columns import KEC

_CODE = re.compile(r"[A-Z][A-Z0-9-]*")
_ADVICE = "beri kotak surat yang berbeda"


def check_departments(sheets: Sheets) -> Iterator[Finding]:
    """Every mistake of departments.csv that takes more than one cell to see."""
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
    """Who hears last must be another than who did not answer."""
    own = row["mailbox"].casefold()
    for field in ("head_mailbox", "fallback_mailbox"):
        if own and row[field].casefold() == own:
            yield row.wrong(field, "alamat ini sama dengan kolom mailbox", _ADVICE)


def _reached(sheets: Sheets) -> set[str]:
    owners = {row["opd"] for name in ("categories.csv", "exceptions.csv") for row in sheets[name].rows}
    also = {code for row in sheets["categories.csv"].rows for code in row.codes("also")}
    return owners | also
