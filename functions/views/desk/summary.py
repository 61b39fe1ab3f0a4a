"""The monthly summary as the rows of its CSV file, with header and total."""

from __future__ import annotations

from collections.abc import Iterator

from functions.views.shared.context import Context
from functions.views.shared.status_text import office_name
from workflows.domain.complaint import model as c
from workflows.domain.reporting import FINISHED, PENDING, UNDER_WAY, Tally
from workflows.records.monthly_summary import Summary, total

TOTAL = "JUMLAH"
STAGES = (PENDING, UNDER_WAY, FINISHED)
ENDS = {
    c.CONFIRMED: "selesai terkonfirmasi",
    c.NO_RESPONSE: "selesai tanpa tanggapan",
    c.NOT_REACHED: "pelapor tidak terjangkau",
    c.REJECTED: "diarsipkan",
    c.EXTERNAL: "bukan kewenangan kota",
    c.MERGED: "digabung (tahapnya menurut laporan induk)",
    c.WITHDRAWN: "ditarik pelapor",
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
