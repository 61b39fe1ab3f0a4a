"""The desk's monthly summary as a CSV file for a spreadsheet, with header and total."""

from __future__ import annotations
import re
from collections.abc import Iterator

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.app.spreadsheets import csv_text
from functions.views.shared.context import Context
from functions.views.shared.status_text import office_name
from functions.web.factories import context
from functions.web.http import download
from functions.web.middleware import http_endpoint
from workflows.desk.board import parse_link
from workflows.domain.complaint.model import CONFIRMED, NO_RESPONSE, NOT_REACHED, State
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.reporting import FINISHED, PENDING, UNDER_WAY, Tally
from workflows.errors import FieldError, InvalidInput
from workflows.records.monthly_summary import Summary, monthly_summary, total
from workflows.routing.check.sheet import harmless

YEAR = "tahun"


@functions_framework.http
@http_endpoint("/papan/<token>/rekap.csv", methods=("GET", "HEAD"))
def desk_summary(request: Request, token: str) -> Response:
    """A row for each department and month, and a total; `?tahun=2026` for one year. InvalidInput."""
    at = services()
    parse_link(at, token)
    year = _year(request.args.get(YEAR, "").strip())
    name = f"rekap-laksa-{year or 'semua'}-{local_day(at.clock.now()):%Y%m%d}.csv"
    if request.method == "HEAD":
        return download(b"", name)
    rows = summary_rows(context(), monthly_summary(at.store, at.policy.calendar(), year))
    return download(csv_text([harmless(cell) for cell in row] for row in rows).encode(), name)


def _year(typed: str) -> int | None:
    """None for all years."""
    if not typed:
        return None
    if not re.fullmatch(r"2[0-9]{3}", typed):
        raise InvalidInput([FieldError(YEAR, "bad_year")])
    return int(typed)


TOTAL = "JUMLAH"
STAGES = (PENDING, UNDER_WAY, FINISHED)
ENDS = {
    CONFIRMED: "selesai terkonfirmasi",
    NO_RESPONSE: "selesai tanpa tanggapan",
    NOT_REACHED: "pelapor tidak terjangkau",
    State.REJECTED: "diarsipkan",
    State.EXTERNAL: "bukan kewenangan kota",
    State.MERGED: "digabung (tahapnya menurut laporan induk)",
    State.WITHDRAWN: "ditarik pelapor",
}
HEAD = (
    *("kode", "opd", "bulan", "masuk", *STAGES, *ENDS.values()),
    *("dijawab tepat waktu", "dijawab terlambat", "keberatan", "median hari kerja sampai dijawab"),
    *("rata-rata nilai", "banyaknya nilai"),
)


def summary_rows(ctx: Context, summary: Summary) -> Iterator[list[str]]:
    """Header, a row for each holder and month, the total. Cells are text; numbers have a decimal comma."""
    yield list(HEAD)
    for (code, month), tally in summary.items():
        yield [code, office_name(ctx, code), f"{month:%Y-%m}", *_counts(tally)]
    yield [TOTAL, "", "", *_counts(total(summary))]


def _counts(tally: Tally) -> list[str]:
    counts = [tally.received, *(tally.stages[stage] for stage in STAGES), *(tally.ends[end] for end in ENDS)]
    counts += [tally.in_time, tally.late, tally.objections]
    median, mean = _decimal(tally.median_days, 1), _decimal(tally.mean_rating, 2)
    return [*map(str, counts), median, mean, str(tally.ratings)]


def _decimal(value: float | None, places: int) -> str:
    """The number; '' when there is nothing to count."""
    return "" if value is None else f"{value:.{places}f}".replace(".", ",")
