"""A row of the desk's board: waiting time, first words, and suggested departments. Also the board and the results
of choices for machines.
"""

from __future__ import annotations
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from functions.views.desk.alarms import alarm_shape, alarms
from functions.views.desk.page import is_outside, likely_institution, notes_of, suggestions
from functions.views.desk.phone_tasks import next_tasks, tell_shapes
from functions.views.shared.complaint_json import Shape, department_shape
from functions.views.shared.context import Context
from functions.views.shared.data_requests import data_shapes
from functions.views.shared.office_case import Tag, kind_mark, kind_tag
from functions.views.shared.rendering import iso, short_moment
from functions.views.shared.status_text import office_label, office_name
from functions.views.shared.timeline import channel_name
from workflows.desk.board import Board, Row
from workflows.domain.access import receivers
from workflows.domain.actions.bulk_assign import TO, is_as_chosen
from workflows.domain.complaint.model import Complaint, State
from workflows.frozen import frozen

FIRST_WORDS = 200
LIKELY = 0.6
"""Probability from which the first suggestion is preselected: right for 95 of 100 texts that the
router left open.
"""


SAID = "menyebut"
"""The beginning of router's reasons that quote words of the text."""


@frozen
class Kept:
    """The fields of a form that came back. `chosen`: ticket → code; `wrong`: ticket → error."""

    chosen: dict[str, str]
    wrong: dict[str, str]


def board_row(ctx: Context, case: Complaint, path: str, kept: Kept | None) -> dict[str, Any]:
    """The template's variables; of a restricted complaint ticket, date and link only: it must be read before it is
    assigned.
    """
    row = {
        "ticket": case.ticket,
        "path": path,
        "urgent": case.urgent,
        "restricted": case.restricted,
        "waiting": waiting_tag(ctx, case),
        "since": waiting_words(case),
        "error": kept.wrong.get(case.ticket, "") if kept else "",
    }
    if case.restricted:
        return row | {"kind": "", "text": "", "about": [], "notes": []}
    return row | {
        "field": f"{TO}{reference(case)}",
        "kind": kind_tag(case),
        "text": first_words(case),
        "about": list(filter(None, _about(ctx, case))),
        "notes": [*notes_of(ctx, case), *_outside(ctx, case)],
        **_offers(ctx, case, kept),
    }


def _about(ctx: Context, case: Complaint) -> tuple[str, ...]:
    came = channel_name(case.arrival.channel)
    return ctx.labels.category(case.category), ctx.labels.area(case.kelurahan), came and f"Lewat: {came}"


def reference(case: Complaint) -> str:
    """How a field names a complaint: its ticket and the number of the assignment it was seen in."""
    return f"{case.ticket}.{case.assignment_no}"


def waiting_words(case: Complaint) -> datetime:
    """When the case came to the desk."""
    return case.deadlines.desk_since or case.received_at


def first_words(case: Complaint) -> str:
    """The beginning of the text on one line, masked as a whole before it is cut."""
    from workflows.domain.privacy.redaction import mask_identifiers

    text = " ".join(mask_identifiers(case.text).split())
    if len(text) <= FIRST_WORDS:
        return text
    return f"{text[:FIRST_WORDS].rsplit(' ', 1)[0]} …"


def waiting_tag(ctx: Context, case: Complaint) -> Tag:
    """How long it has waited, in working days or hours; red once the desk's due date has passed."""
    tone = "late" if case.deadlines.desk_by and case.deadlines.desk_by <= ctx.now else ""
    days = 0 if case.urgent else ctx.policy.calendar().working_days_between(waiting_words(case), ctx.now)
    if days > 0:
        return Tag(f"Menunggu {days} hari kerja", tone)
    hours = (ctx.now - waiting_words(case)) // timedelta(hours=1)
    return Tag(f"Menunggu {hours} jam" if hours else "Menunggu kurang dari 1 jam", tone)


def percent(score: float) -> str:
    """“58 persen”; '' for a suggestion that only fills the list."""
    return f"{round(score * 100)} persen" if score >= 0.01 else ""


def preselected(case: Complaint, best: list[dict[str, Any]]) -> str:
    """The first suggestion if it is likely and nothing asks for a person's look; else ''."""
    looked_at = case.quarantine or case.returned_by or case.answer.disputes or case.restricted or kind_mark(case)
    if looked_at or not best or best[0]["score"] < LIKELY:
        return ""
    first = str(best[0]["code"])
    return first if first == case.routing.opd else ""


def gone_words(ctx: Context, row: Row) -> str:
    """Why a choice was not, or would not be, carried out: where the complaint is now."""
    case = row.complaint
    if case.state == State.AT_DESK:
        return "berubah sejak Anda melihatnya; lihat lagi di papan"
    at = f" sejak {short_moment(case.updated_at)}" if case.updated_at else ""
    return f"{'sudah ' if is_as_chosen(row.choice, case) else 'sekarang '}{office_label(ctx, case)}{at}"


def _offers(ctx: Context, case: Complaint, kept: Kept | None) -> dict[str, Any]:
    best = suggestions(ctx, case)
    offered = {suggestion["code"] for suggestion in best}
    chosen = kept.chosen.get(case.ticket, "") if kept else preselected(case, best)
    return {
        "best": [
            {"code": s["code"], "short": office_name(ctx, s["code"]), "percent": percent(s["score"])} for s in best
        ],
        "why": "" if is_outside(case) else _words_that_speak_for(best),
        "others": [(d.code, d.short) for d in receivers(ctx.directory, case) if d.code not in offered],
        "chosen": chosen,
    }


def _words_that_speak_for(best: list[dict[str, Any]]) -> str:
    """The single reason that fits into a row: the recognised words, without their weights."""
    return next((why for first in best[:1] for why in first["why"] if why.startswith(SAID)), "")


def _outside(ctx: Context, case: Complaint) -> list[str]:
    if not is_outside(case):
        return []
    name = likely_institution(ctx, case)
    return [f"Saran pertama: {name}, bukan kewenangan kota. Buka laporannya untuk mengarahkan."]


def board_json(ctx: Context, board: Board) -> Shape:
    """A page of the board. `next`: URL of the following page, null on the last. `undo`: the
    reference for a POST.
    """
    cases = zip(board.cases, board.paths, strict=True)
    return {
        "cases": [_case(ctx, case, path) for case, path in cases],
        "alarms": [alarm_shape(ctx, alarm) for alarm in alarms(ctx, board)],
        "tell": tell_shapes(ctx, board.tell),
        "tell_next": next_tasks(board.tell) or None,
        "data_requests": data_shapes(ctx, board.requests),
        "total": board.morning.waiting_total,
        "next": f"?{urlencode({'setelah': board.next})}" if board.next else None,
        "recent": [_recent(ctx, case) for case in board.recent],
    }


def rows_json(ctx: Context, rows: Sequence[Row]) -> list[Shape]:
    """The result of each choice: `as_chosen`, and the complaint as it is now."""
    return [_row(ctx, row) for row in rows]


def _case(ctx: Context, case: Complaint, path: str) -> Shape:
    """One complaint; a restricted one has no suggestions here, since it must be read before it is assigned."""
    return {
        "ticket": case.ticket,
        "waiting_since": iso(waiting_words(case)),
        "channel": case.arrival.channel,
        "held": bool(case.quarantine),
        "suggestions": [] if case.restricted else suggestions(ctx, case),
        "url": ctx.url + path,
    }


def _recent(ctx: Context, case: Complaint) -> Shape:
    return {
        "ticket": case.ticket,
        "department": department_shape(ctx, case),
        "until": iso(case.recallable_until),
        "undo": reference(case),
    }


def _row(ctx: Context, row: Row) -> Shape:
    case = row.complaint
    known = {"ticket": case.ticket, "to": row.choice.to, "as_chosen": row.open}
    return known | {"status": case.state, "department": department_shape(ctx, case)}
