"""The executive report for one person above the heads: every complaint escalated to them, by department, longest
overdue first.
"""

from __future__ import annotations
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from functions.views.mail.facts import TemplateVars
from functions.views.shared.context import Context
from functions.views.shared.rendering import full_moment, number, short_date
from functions.views.shared.status_text import office_name
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.escalation.schedule import owed_by
from workflows.domain.offices import MAYOR
from workflows.frozen import frozen

MAX_LINES = 80
RESTRICTED = "Laporan terbatas"
AT_DESK = "Meja operator"
OBJECTED = "keberatan pelapor"
IN_TIME = "saat ini tidak terlambat"
NOT_LATE = -1


@frozen
class Row:
    """One complaint; `days` are working days past its deadline, NOT_LATE while nobody owes an answer yet. `words`:
    its status.
    """

    complaint: Complaint
    group: str
    days: int
    words: str


def table_facts(ctx: Context, to: str, complaints: Sequence[Complaint]) -> TemplateVars:
    """The variables of the report for office `to`; restricted complaints by ticket and days only, under no
    department.
    """
    rows = sorted((_row(ctx, c) for c in complaints), key=lambda row: -row.days)
    shown = rows[:MAX_LINES]
    return {
        "addressee": ctx.directory[to].name,
        "at": full_moment(ctx.now, "id"),
        "total": _total(rows),
        "summary": _summary(rows),
        "fresh": sum(_is_fresh(ctx, row.complaint, to) for row in rows),
        "groups": _groups(ctx, shown),
        "restricted": any(row.complaint.restricted for row in shown),
        "left_out": len(rows) - len(shown),
    }


def _row(ctx: Context, complaint: Complaint) -> Row:
    deadline = owed_by(complaint)
    late = deadline is not None and deadline <= ctx.now
    days = _since(ctx, deadline) if deadline and late else NOT_LATE
    group = RESTRICTED if complaint.restricted else office_name(ctx, complaint.opd) or AT_DESK
    return Row(complaint, group, days, _late(days) if late else _not_late(complaint))


def _late(days: int) -> str:
    return f"lewat {days} hari kerja" if days > 0 else "lewat hari ini"


def _not_late(complaint: Complaint) -> str:
    """Why it is listed although not late; of a restricted complaint nobody above its head reads the outcome."""
    deadline = owed_by(complaint)
    if complaint.restricted:
        return IN_TIME
    if complaint.state == State.WAITING:
        return "menunggu pelapor"
    if complaint.state == State.SCHEDULED and complaint.deadlines.scheduled_for:
        return f"dijadwalkan {short_date(complaint.deadlines.scheduled_for)}"
    if complaint.answer.disputes:
        return OBJECTED
    return f"batas waktunya {short_date(deadline)}" if deadline else IN_TIME


def _total(rows: list[Row]) -> str:
    """The totals; overdue and objected are counted separately: an objection escalates before any deadline has
    passed.
    """
    late, objected, rest = _counts(rows)
    parts = [f"{number(late)} laporan lewat batas waktu"] if late else []
    parts += [f"{number(objected)} keberatan"] if objected else []
    return ", ".join(parts) or f"{number(rest)} laporan, {IN_TIME}"


def _counts(rows: list[Row]) -> tuple[int, int, int]:
    """(overdue, objected, neither)."""
    late = sum(row.days > NOT_LATE for row in rows)
    objected = sum(row.words == OBJECTED for row in rows)
    return late, objected, len(rows) - late - objected


def _summary(rows: list[Row]) -> str:
    """What waits for the reader, and what is only listed until it is answered."""
    *waiting, rest = _counts(rows)
    departments = {row.group for row in rows} - {RESTRICTED, AT_DESK}
    where = f" pada {len(departments)} OPD" if departments else ""
    if not any(waiting):
        return f"{number(rest)} laporan{where} tetap tercantum sampai dijawab dan {IN_TIME}."
    if not rest:
        return f"{number(len(rows))} laporan{where} menunggu arahan Anda."
    return (
        f"{number(len(rows))} laporan{where}; {number(sum(waiting))} menunggu arahan Anda, {number(rest)} tetap "
        f"tercantum sampai dijawab dan {IN_TIME}."
    )


def _is_fresh(ctx: Context, complaint: Complaint, to: str) -> bool:
    """Whether it was escalated since the report of the previous working day."""
    person = "mayor" if to == MAYOR else "sekda"
    risen = complaint.escalation.reported_since.get(person)
    return risen is not None and _since(ctx, risen) <= 1


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
    if complaint.restricted:
        return f"{complaint.ticket} · {row.words}"
    kelurahan = ctx.labels.kelurahan.get(complaint.kelurahan or "", ("", ""))[0]
    category = ctx.labels.category(complaint.category)
    return " · ".join(filter(None, (complaint.ticket, category, kelurahan, row.words)))
