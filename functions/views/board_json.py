"""The board for machines, and what became of the choices that they sent."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from functions.views.board_alarms import alarm_shape, alarms
from functions.views.board_rows import reference, since
from functions.views.board_tell import next_tasks, tell_shapes
from functions.views.case_json import Shape, department_shape
from functions.views.context import Context
from functions.views.data_requests import data_shapes
from functions.views.desk_page import suggestions
from functions.views.words import iso
from workflows.desk.board import Board, Row
from workflows.domain.complaint import Complaint


def board_json(ctx: Context, board: Board) -> Shape:
    """A page of the board. next: where the following page is, null on the last. undo: what a POST names."""
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
    """What would come, or came, of each choice: `as_chosen`, and the case as it stands."""
    return [_row(ctx, row) for row in rows]


def _case(ctx: Context, case: Complaint, path: str) -> Shape:
    """A restricted case is read before it is given to anybody: it has no suggestions here."""
    return {
        "ticket": case.ticket,
        "waiting_since": iso(since(case)),
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
