"""The operator's board: all that waits at the desk, and one POST that assigns many of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.answers import as_json, back_to_page, html, wants_json
from functions.edge.body import Body, read_body
from functions.edge.guard import page
from functions.services import context, ports
from workflows import desk_board as board
from workflows.domain.board_acts import read_choices
from workflows.errors import FieldError, InvalidInput, UndoOver


@functions_framework.http
@page("/papan/<token>")
def desk_board(request: Request, token: str) -> Response:
    """GET a page of the board; POST choices for its rows, first to look at them, then to carry them out."""
    return _act(request, token) if request.method == "POST" else _show(request, token)


def _show(request: Request, token: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.board_json import board_json
    from functions.views.board_page import board_page

    opened, ctx = board.open_board(ports(), token, request.args.get("setelah", "")), context()
    if wants_json(request):
        return as_json(board_json(ctx, opened), status)
    return html(board_page(ctx, opened, **shown), status)


def _act(request: Request, token: str) -> Response:
    board.read_right(ports(), token)
    body = read_body(request)
    try:
        if (act := ACTS.get(body.get("action"))) is None:
            raise InvalidInput([FieldError("action", "bad_choice")])
        return act(request, token, body)
    except (InvalidInput, UndoOver) as error:
        if wants_json(request):
            raise
        return _shown_again(request, token, body, error)


def _shown_again(request: Request, token: str, body: Body, error: InvalidInput | UndoOver) -> Response:
    """The board once more, with every choice that was made."""
    if isinstance(error, InvalidInput):
        return _show(request, token, 422, typed=body.fields, errors=error.errors)
    from functions.views.problem_words import undo_over

    return _show(request, token, 409, refused=undo_over(error))


def _preview(request: Request, token: str, body: Body) -> Response:
    from functions.views.board_json import rows_json
    from functions.views.board_preview import preview_page

    rows, ctx = board.preview(ports(), token, read_choices(body.fields)), context()
    return as_json({"preview": rows_json(ctx, rows)}) if wants_json(request) else html(preview_page(ctx, rows))


def _change_again(request: Request, token: str, body: Body) -> Response:
    return _show(request, token, typed=body.fields)


def _confirm(request: Request, token: str, body: Body) -> Response:
    """Back to the board when all went as chosen; else the board says which did not, and where those are now."""
    rows = board.assign(ports(), token, read_choices(body.fields))
    status = 200 if any(row.open for row in rows) else 409
    if wants_json(request):
        return _board_and_rows(request, token, rows, status)
    return back_to_page(request) if all(row.open for row in rows) else _show(request, token, status, rows=rows)


def _board_and_rows(request: Request, token: str, rows: tuple[board.Row, ...], status: int) -> Response:
    from functions.views.board_json import board_json, rows_json

    ctx = context()
    return as_json(board_json(ctx, board.open_board(ports(), token)) | {"assigned": rows_json(ctx, rows)}, status)


def _undo(request: Request, token: str, body: Body) -> Response:
    board.undo(ports(), token, body.get("case").strip())
    return _show(request, token) if wants_json(request) else back_to_page(request)


def _called(request: Request, token: str, body: Body) -> Response:
    board.call(ports(), token, body.get("opd").strip().upper())
    return _show(request, token) if wants_json(request) else back_to_page(request)


ACTS: dict[str, Callable[[Request, str, Body], Response]] = {
    "assign": _preview,
    "edit": _change_again,
    "confirm": _confirm,
    "undo": _undo,
    "called": _called,
}
