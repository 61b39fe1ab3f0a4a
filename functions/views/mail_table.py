"""The daily table of one person above the heads: every overdue case by department, longest overdue first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from functions.views.context import Context
from functions.views.mail_facts import Facts
from functions.views.standing import office
from functions.views.words import full_moment, number
from workflows.domain.complaint import Complaint
from workflows.domain.department import MAYOR
from workflows.domain.ladder import ladder

MOST_LINES = 80
RESTRICTED = "Laporan terbatas"
AT_DESK = "Meja operator"


@dataclass(frozen=True)
class Row:
    """One case of the table; `days` are working days past its deadline, 0 or less while none has passed."""

    complaint: Complaint
    group: str
    days: int


def table_facts(ctx: Context, to: str, complaints: Sequence[Complaint]) -> Facts:
    """What the table of the office `to` shows; restricted cases by number and days alone, under no department."""
    rows = sorted((_row(ctx, c) for c in complaints), key=lambda row: -row.days)
    shown = rows[:MOST_LINES]
    return {
        "addressee": ctx.directory[to].name,
        "at": full_moment(ctx.now, "id"),
        "total": _total(rows),
        "summary": _summary(rows),
        "fresh": sum(_is_fresh(ctx, row.complaint, to) for row in rows),
        "groups": _groups(ctx, shown),
        "left_out": len(rows) - len(shown),
    }


def _row(ctx: Context, complaint: Complaint) -> Row:
    deadline = complaint.desk_by or complaint.answer_by or ctx.now
    days = ctx.policy.calendar().working_days_between(deadline, ctx.now) if deadline <= ctx.now else -1
    group = RESTRICTED if complaint.restricted else office(ctx, complaint.opd) or AT_DESK
    return Row(complaint, group, days)


def _total(rows: list[Row]) -> str:
    """Overdue and objected to are counted apart: an objection goes up before any deadline has passed."""
    late = [row for row in rows if row.days >= 0]
    objected = len(rows) - len(late)
    parts = [f"{number(len(late))} laporan lewat batas waktu"] if late or not objected else []
    return ", ".join(parts + ([f"{number(objected)} keberatan"] if objected else []))


def _summary(rows: list[Row]) -> str:
    departments = {row.group for row in rows} - {RESTRICTED, AT_DESK}
    where = f" pada {len(departments)} OPD" if departments else ""
    return f"{number(len(rows))} laporan{where} menunggu arahan Anda."


def _is_fresh(ctx: Context, complaint: Complaint, to: str) -> bool:
    """Whether it came up since the table of the working day before."""
    person = "mayor" if to == MAYOR else "sekda"
    risen = [step.at for step in ladder(complaint, ctx.policy) if step.rung.to == person and step.at <= ctx.now]
    return any(_since(ctx, at) <= 1 for at in risen)


def _since(ctx: Context, at: datetime) -> int:
    return ctx.policy.calendar().working_days_between(at, ctx.now)


def _groups(ctx: Context, rows: list[Row]) -> list[tuple[str, list[str]]]:
    longest = {row.group: row.days for row in reversed(rows)}
    ordered = sorted(rows, key=lambda row: (-longest[row.group], row.group, -row.days))
    grouped = [(name, list(part)) for name, part in groupby(ordered, key=lambda row: row.group)]
    return [(_group_line(name, part), [_line(ctx, row) for row in part]) for name, part in grouped]


def _group_line(name: str, rows: list[Row]) -> str:
    days = max(row.days for row in rows)
    longest = f" · paling lama {days} hari kerja" if days > 0 else ""
    return f"{name} · {number(len(rows))} laporan{longest}"


def _line(ctx: Context, row: Row) -> str:
    complaint = row.complaint
    days = f"lewat {row.days} hari kerja" if row.days > 0 else "lewat hari ini"
    if row.days < 0:
        days = "keberatan pelapor"
    if complaint.restricted:
        return f"{complaint.ticket} · {days}"
    kelurahan = ctx.labels.kelurahan.get(complaint.kelurahan or "", ("", ""))[0]
    category = ctx.labels.category(complaint.category)
    return " · ".join(filter(None, (complaint.ticket, category, kelurahan, days)))
