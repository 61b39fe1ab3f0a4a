"""The operators' board: alarms, what can still be undone, and one form with a row per complaint. Also the preview
of the choices before they are carried out.
"""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from functions.views.desk.alarms import DANGERS, alarms
from functions.views.desk.board_rows import Kept, board_row, first_words, gone_words, reference
from functions.views.desk.phone_tasks import next_tasks, tell_rows
from functions.views.shared.context import Context
from functions.views.shared.data_requests import data_rows, kept_words
from functions.views.shared.forms import error_sentence
from functions.views.shared.rendering import BOARD, number, page_file_url, render
from functions.views.shared.status_text import office_name
from workflows.desk.board import Board, Row
from workflows.domain.actions.bulk_assign import TO, read_reference
from workflows.domain.actions.undo_window import UNDO_WINDOW
from workflows.domain.complaint.model import Complaint
from workflows.domain.deadlines.calendar import WIB
from workflows.errors import FieldError


def board_page(
    ctx: Context,
    board: Board,
    path: str = "",
    *,
    typed: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
    rows: Sequence[Row] = (),
    refused: str = "",
) -> str:
    """The page behind a board link, at that path. `typed`: the fields of a form that came back, all kept;
    `errors`: its errors. `rows`: the results when not all choices were carried out. `refused`: why something could
    not be undone.
    """
    kept = _kept(typed, errors) if typed is not None else None
    shown, wrong = {case.ticket for case in board.cases}, alarms(ctx, board)
    return render(
        "board.html",
        "id",
        board_sheet=page_file_url(BOARD),
        today=ctx.now,
        intake=f"{path}/baru",
        path=path,
        total=board.morning.waiting_total,
        number=number,
        alarms=wrong,
        danger=any(alarm.kind in DANGERS for alarm in wrong),
        **_to_tell(ctx, board),
        data=data_rows(ctx, board.requests, typed, errors),
        data_kept=kept_words(board.requests, typed),
        recent=[_recent(ctx, case) for case in board.recent],
        rows=[board_row(ctx, case, path, kept) for case, path in zip(board.cases, board.paths, strict=True)],
        general=[refused] * bool(refused) + [_sentence(e) for e in errors if _ticket(e.field) not in shown],
        elsewhere=_elsewhere(typed or {}, shown),
        **_carried_out(ctx, rows),
        first=board.first,
        following=f"?{urlencode({'setelah': board.next})}" if board.next else "",
        until=board.until,
    )


def _to_tell(ctx: Context, board: Board) -> dict[str, Any]:
    """The section of phone tasks."""
    return {
        "tell": tell_rows(ctx, board.tell),
        "tell_first": board.tell is None or board.tell.first,
        "tell_next": next_tasks(board.tell),
        "tell_tries": ctx.policy.tell_tries,
    }


def _carried_out(ctx: Context, rows: Sequence[Row]) -> dict[str, Any]:
    """How many choices were carried out, and why the others were not."""
    gone = [(row.complaint.ticket, gone_words(ctx, row)) for row in rows if not row.open]
    return {"done": sum(row.open for row in rows), "gone": gone}


def _kept(typed: Mapping[str, str], errors: Sequence[FieldError]) -> Kept:
    chosen = {_ticket(name): to.strip().upper() for name, to in typed.items()}
    return Kept(chosen, {_ticket(e.field): error_sentence(e, "id", office=True) for e in errors})


def _ticket(field: str) -> str:
    """The ticket of the row that a field belongs to; '' for any other field."""
    found = read_reference(field.removeprefix(TO)) if field.startswith(TO) else None
    return found[0] if found else ""


def _elsewhere(typed: Mapping[str, str], shown: set[str]) -> list[tuple[str, str]]:
    """Choices for complaints that this page does not show: hidden fields until the preview shows them."""
    return [(name, to) for name, to in typed.items() if (t := _ticket(name)) and to.strip() and t not in shown]


def _sentence(error: FieldError) -> str:
    """The error of a field without a row here, with the field's name as sent."""
    sentence = error_sentence(error, "id", office=True)
    in_full = error.field in ("action", "case", "opd", "task", "request", "result", "message")
    return sentence if in_full else f"{error.field.removeprefix(TO)[:40]}: {sentence}"


def _recent(ctx: Context, case: Complaint) -> dict[str, Any]:
    return {
        "ticket": case.ticket,
        "reference": reference(case),
        "opd": office_name(ctx, case.opd, full=True),
        "until": f"{case.recallable_until.astimezone(WIB):%H.%M}" if case.recallable_until else "",
    }


def preview_page(ctx: Context, rows: Sequence[Row]) -> str:
    """Every choice as it would be carried out now, and those where somebody else was faster."""
    going = [row for row in rows if row.open]
    return render(
        "board_preview.html",
        "id",
        board_sheet=page_file_url(BOARD),
        number=number,
        going=[_row(ctx, row) for row in going],
        gone=[(row.complaint.ticket, gone_words(ctx, row)) for row in rows if not row.open],
        held=sum(not row.complaint.urgent for row in going),
        minutes=UNDO_WINDOW.seconds // 60,
    )


def _row(ctx: Context, row: Row) -> dict[str, object]:
    case = row.complaint
    return {
        "ticket": case.ticket,
        "field": row.choice.field,
        "to": row.choice.to,
        "office": office_name(ctx, row.choice.to, full=True),
        "text": first_words(case),
        "area": ctx.labels.area(case.kelurahan),
        "urgent": case.urgent,
        "quarantine": bool(case.quarantine),
    }
