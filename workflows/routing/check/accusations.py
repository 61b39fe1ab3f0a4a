"""Who hears of an accusation: never the accused, nor whom they command, nor any office by way of the category."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.domain.department import DESK_HEAD, EXTERNAL
from workflows.routing.check.codes import Codes, Sheets
from workflows.routing.check.finding import Finding, of_file
from workflows.routing.check.sheet import Row
from workflows.routing.columns import EVERYBODY, INSTITUTION, KEC, SEKDA
from workflows.routing.ranking import PUNGLI

_FILE = "conflicts.csv"
_UNDER = {SEKDA: "SETDA"}
"""Whose own office a code is, where both are codes."""
_NAMING = {"office": False, "overseer": False, "teacher": False, "desk": False, "police": True}
"""Kinds of words that name an office (False) or an institution (True)."""


def check_accusations(sheets: Sheets, codes: Codes) -> Iterator[Finding]:
    """Every mistake of conflicts.csv and accusations.csv that takes more than one cell to see."""
    rows = [row for row in sheets[_FILE].rows if row.whole]
    yield from (finding for row in rows for finding in _hearing(row))
    yield from _everybody(rows)
    yield from _led_away(sheets, {row["to"] for row in rows})
    yield from _cues(sheets, codes)


def _hearing(row: Row) -> Iterator[Finding]:
    accused, to = row["accused"], row["to"]
    if to and (to in (accused, _UNDER.get(accused)) or (accused == KEC and to.startswith(f"{KEC}-"))):
        yield row.wrong("to", f"tuduhan terhadap {accused} akan sampai ke kantornya sendiri", "pilih yang lain")
    if to and to in row.codes("keep_out"):
        yield row.wrong("to", f"{to} menerima tuduhan ini padahal ada di keep_out", "pilih yang lain")
    if to == EXTERNAL and not row["external"]:
        yield row.wrong("external", "instansi luar belum disebut", "kode instansi ada di external.csv")
    if row["external"] and to != EXTERNAL:
        yield row.wrong("external", f"instansi luar hanya untuk {EXTERNAL}", "kosongkan")
    if accused == DESK_HEAD and row["desk"] == "yes":
        yield row.wrong("desk", f"meja operator milik {DESK_HEAD}, yang di sini dilaporkan", "tulis no")


def _everybody(rows: list[Row]) -> Iterator[Finding]:
    """The row for everybody else must be there, and must not send an accusation to the one it accuses."""
    rest = next((row for row in rows if row["accused"] == EVERYBODY), None)
    accused = {row["accused"] for row in rows}
    if rest is None:
        advice = f"tambahkan baris “{EVERYBODY},INSPEKTORAT,,SETDA,yes”"
        yield of_file(_FILE, f"tidak ada baris {EVERYBODY} untuk siapa saja selebihnya", advice)
        return
    if not rest.codes("keep_out"):
        message = "tidak ada yang dijauhkan dari tuduhan terhadap siapa saja selebihnya"
        yield rest.wrong("keep_out", message, f"tulis {_UNDER[SEKDA]}")
    if rest["to"] not in (EXTERNAL, "") and rest["to"] not in accused:
        message = f"tuduhan terhadap {rest['to']} sendiri akan sampai ke {rest['to']}"
        yield rest.wrong("to", message, f"tambahkan baris untuk {rest['to']}")
    if rest["desk"] == "yes" and DESK_HEAD not in accused:
        message = f"tuduhan terhadap {DESK_HEAD} akan terbaca di mejanya sendiri"
        yield rest.wrong("desk", message, f"tambahkan baris untuk {DESK_HEAD} dengan desk no")


def _led_away(sheets: Sheets, hearing: set[str]) -> Iterator[Finding]:
    """The category of accusations belongs to who hears of them; no exception may lead it to another office."""
    of_pungli = (row for row in sheets["categories.csv"].rows if row["code"] == PUNGLI)
    exceptions = (row for row in sheets["exceptions.csv"].rows if row["category"] == PUNGLI)
    for row in (*of_pungli, *exceptions):
        if row["opd"] and row["opd"] not in {*hearing, EXTERNAL}:
            message = f"laporan {PUNGLI} akan sampai ke {row['opd']}, yang tidak menerima tuduhan menurut {_FILE}"
            yield row.wrong("opd", message, f"pilih {' atau '.join(sorted(hearing - {EXTERNAL})) or EXTERNAL}")


def _cues(sheets: Sheets, codes: Codes) -> Iterator[Finding]:
    for row in sheets["accusations.csv"].rows:
        outside = _NAMING.get(row["kind"])
        if outside is None or not row.whole:
            continue
        if not row["code"]:
            yield row.wrong(
                "code", f"kata jenis {row['kind']} harus menyebut kodenya", "isilah kode OPD atau instansi"
            )
        elif (row["code"] in codes.of[INSTITUTION]) != outside:
            wanted = "instansi (external.csv)" if outside else "OPD (departments.csv)"
            yield row.wrong(
                "code", f"kata jenis {row['kind']} menyebut {wanted}, bukan {row['code']}", "ganti kodenya"
            )
