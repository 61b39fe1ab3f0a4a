"""The page of the routing table (version in force, its files, upload form) and the page of a checked upload
(findings, changes, replay, button if valid), and both for machines. The city's own days are written out, so that
nobody mistakes day for month.
"""

from __future__ import annotations
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from functions.app.spreadsheets import ALL, DOWNLOAD
from functions.views.desk.table_report import (
    TableState,
    address_words,
    changes_for_machines,
    replay_for_machines,
    report_as_json,
    rows_changed,
    state_as_json,
    totals,
    way,
)
from functions.views.shared.complaint_json import Shape
from functions.views.shared.context import Context
from functions.views.shared.forms import error_sentence
from functions.views.shared.rendering import (
    BOARD,
    capitalize,
    full_date,
    full_moment,
    iso,
    number,
    page_file_url,
    render,
)
from workflows.domain.deadlines.city_days import COLLECTIVE_LEAVE, DAYS_FILE, FREE, WORKED, read_day
from workflows.errors import InvalidInput, TableNotChanged
from workflows.tables import versions
from workflows.tables.versions import BOARD as BY_BOARD
from workflows.tables.versions import COMMAND

if TYPE_CHECKING:
    from functions.app.table_check import CheckedUpload
    from workflows.routing.check.sheet import Finding
    from workflows.tables.trial import Compared

PURPOSES = {
    "departments.csv": "OPD, kepalanya, alamat email dan telepon. Meja operator (DESK), Sekda, dan Wali Kota "
    "(WALIKOTA) belum punya baris; tambahkan untuk memberi alamatnya, contoh baris: "
    "SEKDA;Sekretaris Daerah;Sekda;office;Sekretaris Daerah;sekda@kota.example;;;;. Alamat ketiganya dan alamat "
    "Inspektorat hanya dapat diganti lewat perintah `laksa routing import`",
    "units.csv": "kelurahan, bidang, dan UPT di bawah OPD, dengan alamat emailnya",
    DAYS_FILE: "hari libur, cuti bersama, dan hari masuk yang belum dikenal Laksa; contoh baris: "
    "2028-12-26;cuti_bersama;Cuti bersama Natal (atau libur, masuk)",
    "categories.csv": "jenis laporan dan OPD yang menanganinya",
    "phrases.csv": "kata yang menunjuk jenis laporan, dan seberapa kuat",
    "exceptions.csv": "kata atau kecamatan yang memindahkan satu jenis laporan ke OPD lain",
    "danger.csv": "kata yang menandai bahaya",
    "accusations.csv": "kata yang menandai tuduhan terhadap petugas",
    "conflicts.csv": "siapa yang menerima tuduhan terhadap siapa",
    "external.csv": "instansi di luar kota dan cara menghubunginya",
    "roads.csv": "jalan yang bukan milik kota",
    "outside.csv": "nama tempat di luar kota",
    "kelurahan.csv": "kelurahan dan kecamatan kota ini",
    "place_words.csv": "nama tempat yang juga kata sehari-hari",
    "slang.csv": "singkatan dan ejaan sehari-hari",
}
"""The purpose of each file, in the order in which an operator looks for them."""

WAYS = {BY_BOARD: "papan kerja", COMMAND: "perintah laksa"}
SHIPPED_NAME = "tabel bawaan Laksa"
KINDS_OF_DAY = {FREE: "libur", COLLECTIVE_LEAVE: "cuti bersama", WORKED: "hari masuk"}

_NOT_CHANGED = {
    versions.FIRST: "tidak ada yang bisa ditarik kembali: ini tabel yang pertama",
    versions.OVERTAKEN: "pada saat yang sama tabel lain diberlakukan; periksa lagi",
    versions.UNUSABLE: "versi sebelumnya tidak bisa dipakai lagi; unggah tabel yang benar",
    versions.SEALED: "alamat Inspektorat, Sekda, Wali Kota, dan meja operator, serta conflicts.csv, hanya dapat "
    "diganti lewat perintah `laksa routing import` oleh pengelola sistem",
    versions.GONE: "tabel yang diperiksa itu tidak tersimpan lagi; unggah dan periksa lagi",
    versions.ORPHANS_BEFORE: "ada laporan atas nama OPD atau unit yang tidak ada di versi sebelumnya: {named}",
    versions.ORPHANS: "ada laporan atas nama OPD atau unit yang tidak ada di tabel itu: {named}",
}


def not_changed(error: TableNotChanged) -> str:
    """The reason in one sentence without its full stop."""
    named = ", ".join(f"{opd} ({count})" for opd, count in error.orphans.items())
    return _NOT_CHANGED[error.why].format(named=named)


def table_name(version: str) -> str:
    """The name that people read for a version."""
    return f"tabel {version}" if version else SHIPPED_NAME


MAX_BEFORE = 10


def table_page(
    ctx: Context, state: TableState, path: str, *, error: InvalidInput | TableNotChanged | None = None
) -> str:
    """The page at that path; `error`: why a change was not made."""
    held = state.held
    return below_board(
        "table.html",
        path,
        wrong=_sentences(error),
        name=capitalize(table_name(held.version)),
        came=_came(state, held.version),
        since=full_moment(held.since, "id") if held.since else "",
        version=held.version,
        previous=held.before[-1] if held.before else "",
        previous_name=table_name(held.before[-1]) if held.before else "",
        before=[(capitalize(table_name(v)), _came(state, v)) for v in _before(state)],
        files=list(_files(state)),
        all_files=query_of(ALL),
    )


def table_json(ctx: Context, state: TableState, path: str) -> Shape:
    """The version in force and those before, as `laksa routing show --json` prints it, and where its files are."""
    told: dict[str, Any] = state_as_json(state)
    told["since"] = iso(told["since"])
    for version in told["imported"]:
        version["made_at"] = iso(version["made_at"])
    files = [{"name": f["name"], "rows": f["rows"], "url": ctx.url + path + f["query"]} for f in _files(state)]
    return told | {"files": files, "all": ctx.url + path + query_of(ALL)}


def query_of(wanted: str) -> str:
    """The query that asks this page for one of its files."""
    return f"?{DOWNLOAD}={wanted}"


def below_board(template: str, path: str, **facts: Any) -> str:
    """A page at that path, with its link back to the board."""
    return render(
        template, "id", board_sheet=page_file_url(BOARD), path=path, board=board_of(path), number=number, **facts
    )


def board_of(path: str) -> str:
    """The path of the board above that page."""
    return path.rpartition("/")[0]


def _sentences(error: InvalidInput | TableNotChanged | None) -> list[str]:
    if error is None:
        return []
    if isinstance(error, TableNotChanged):
        return [f"{capitalize(not_changed(error))}."]
    return [error_sentence(field, "id", office=True) for field in error.errors]


def _before(state: TableState) -> list[str]:
    return list(reversed(state.held.before))[:MAX_BEFORE]


def _came(state: TableState, version: str) -> str:
    """When and how the version was uploaded, and what it changed."""
    upload = state.upload_of(version)
    if upload is None:
        return ""
    way = f" lewat {WAYS[upload.by]}" if upload.by in WAYS else ""
    changed = f": {', '.join(upload.changed)}" if upload.changed else ""
    return f"Diunggah {full_moment(upload.made_at, 'id')}{way}{changed}"


def _files(state: TableState) -> Iterator[dict[str, Any]]:
    for name, purpose in PURPOSES.items():
        rows = state.texts[name].count("\n") - 1
        yield {"name": name, "purpose": capitalize(purpose), "rows": rows, "query": query_of(name)}


MAX_DAYS_SHOWN = 100


def days_changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[bool, str]]:
    """(new: True, removed: False; the day in words) in order; both tables are valid."""
    before, after = _days(old[DAYS_FILE]), _days(new[DAYS_FILE])
    changed = [(day, True) for day in after - before] + [(day, False) for day in before - after]
    return [(is_new, _words(*day)) for day, is_new in sorted(changed)][:MAX_DAYS_SHOWN]


def _days(text: str) -> set[tuple[str, str, str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {(read_day(row["date"]).isoformat(), row["kind"], row["name"]) for row in rows}


def _words(day: str, kind: str, name: str) -> str:
    return f"{full_date(read_day(day), 'id')}: {KINDS_OF_DAY[kind]}, {name}"


MOST = 200
"""The most findings of a kind, and complaints, on one page."""


def checked_page(ctx: Context, checked: CheckedUpload, path: str) -> str:
    """The answer to an upload at that path."""
    findings = checked.examined.findings
    errors, warnings = ([f for f in findings if f.warning is warning] for warning in (False, True))
    return below_board(
        "table_checked.html",
        path,
        errors=[_shown(finding) for finding in errors[:MOST]],
        more_errors=len(errors) - MOST,
        error_total=len(errors),
        warnings=[_shown(finding) for finding in warnings[:MOST]],
        more_warnings=len(warnings) - MOST,
        changed=[] if errors else [(c.file, ", ".join(rows_changed(c))) for c in checked.examined.changed],
        addresses=[] if errors else [address_words(change) for change in checked.examined.addresses],
        days=[] if errors else days_changed(checked.before, checked.examined.files),
        version=checked.version,
        seen=checked.seen,
        against=table_name(checked.seen),
        **_replay(checked.compared),
    )


def checked_json(checked: CheckedUpload) -> Shape:
    """As `laksa routing check --json` prints it, with the reference for putting it into force."""
    examined = checked.examined
    told = report_as_json(examined.findings) | changes_for_machines(examined)
    replay = replay_for_machines(checked.compared, restricted=False) if checked.version else None
    return {"version": checked.version or None, "seen": checked.seen, **told, "replay": replay}


def _shown(finding: Finding) -> dict[str, Any]:
    place = f"{finding.file}, baris {finding.line}, kolom {finding.column}"
    return {
        "place": f"{place} ({finding.field})" if finding.field else place,
        "message": finding.message,
        "proposal": finding.proposal,
    }


def _replay(compared: Sequence[Compared]) -> dict[str, Any]:
    """The replay's rows; a restricted complaint is not named, since its ticket with its department would reveal
    whom it accuses.
    """
    moves = [c for c in compared if c.moves]
    named = [c for c in moves if not c.restricted]
    return {
        "tried": len(compared),
        "totals": list(totals(compared)),
        "moved": list(_moved(named[:MOST])),
        "more_moved": len(named) - MOST,
        "restricted": len(moves) - len(named),
    }


def _moved(named: Sequence[Compared]) -> Iterator[tuple[str, str, str]]:
    yield from ((c.ticket, way(c.old), way(c.new)) for c in named)
