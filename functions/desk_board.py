"""The operators' board: everything that waits at the desk, and one POST that assigns many complaints."""

from __future__ import annotations
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.views.shared.rendering import iso
from functions.web.factories import context
from functions.web.http import Body, as_json, back_to_page, html, read_body, wants_json
from functions.web.link_page import after_an_act, may_send, note_board_act, note_board_opened, note_contacts, saved
from functions.web.middleware import http_endpoint
from workflows.desk import board
from workflows.desk.board_link import renew, renewed_at
from workflows.domain.access import Audience, all_seen_by
from workflows.domain.actions.bulk_assign import read_choices
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.privacy.data_request import DataAnswer
from workflows.errors import DataRequestChanged, FieldError, Forbidden, InvalidInput, UndoOver
from workflows.unit_of_work import load_or_forbidden

TOLD = "told"


@functions_framework.http
@http_endpoint("/papan/<token>")
def desk_board(request: Request, token: str) -> Response:
    """GET a page of the board; POST choices for its rows, first as a preview, then to carry them out."""
    return _act(request, token) if request.method == "POST" else _show(request, token)


def _show(request: Request, token: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.desk.board_page import board_page
    from functions.views.desk.board_rows import board_json

    after, tell_after = (request.args.get(name, "") for name in ("setelah", "kabar"))
    longer = board.TO_FINISH if request.method == "POST" else timedelta()
    opened, ctx = board.open_board(services(), token, after, tell_after, longer), context()
    note_board_opened(request)
    note_contacts(request, [task.complaint for task in opened.tell.tasks] if opened.tell else [])
    opened, shown = all_seen_by(opened, Audience.DESK), all_seen_by(shown, Audience.DESK)
    if wants_json(request):
        return as_json(board_json(ctx, opened), status)
    return html(board_page(ctx, opened, request.path, **shown), status)


def _act(request: Request, token: str) -> Response:
    services().links.read_board_token(token)  # a forged token costs no read
    body = read_body(request)
    if body.get("action") == "renew":
        return _renew(request, token)
    may_send(request, token, body)
    try:
        if (act := ACTS.get(body.get("action"))) is None:
            raise InvalidInput([FieldError("action", "bad_choice")])
        return act(request, token, body)
    except (InvalidInput, UndoOver, DataRequestChanged) as error:
        if wants_json(request):
            raise
        return _shown_again(request, token, body, error)


Refused = InvalidInput | UndoOver | DataRequestChanged


def _shown_again(request: Request, token: str, body: Body, error: Refused) -> Response:
    """The board again, with every choice that was made."""
    from functions.views.shared.problem_page import DATA_CHANGED, undo_over

    if isinstance(error, InvalidInput):
        return _show(request, token, 422, typed=body.fields, errors=error.errors)
    if isinstance(error, DataRequestChanged):
        return _show(request, token, 409, typed=body.fields, refused=DATA_CHANGED)
    return _show(request, token, 409, refused=undo_over(error))


def _renew(request: Request, token: str) -> Response:
    """Redirect to the page, which says when a new link was sent; JSON says the same."""
    renew(services(), token)
    if not wants_json(request):
        return back_to_page(request)
    at = renewed_at(services().store)
    return as_json({"renewed_at": iso(at) if at else None})


def _note(request: Request, reference: str, action: str) -> None:
    """The case that a reference begins with; where there is none, nothing was done."""
    with after_an_act(), suppress(Forbidden):
        ticket = parse_ticket(reference.strip().partition(".")[0])
        note_board_act(request, [load_or_forbidden(services().store, ticket)] if ticket else [], action)


def _done(request: Request, token: str) -> Response:
    return _show(request, token) if wants_json(request) else saved(request, token)


def _preview(request: Request, token: str, body: Body) -> Response:
    from functions.views.desk.board_page import preview_page
    from functions.views.desk.board_rows import rows_json

    rows, ctx = board.preview(services(), token, read_choices(body.fields)), context()
    rows = all_seen_by(rows, Audience.DESK)
    return as_json({"preview": rows_json(ctx, rows)}) if wants_json(request) else html(preview_page(ctx, rows))


def _change_again(request: Request, token: str, body: Body) -> Response:
    return _show(request, token, typed=body.fields)


def _confirm(request: Request, token: str, body: Body) -> Response:
    """Redirect to the board if everything went as chosen; else the board shows what did not, and where that is
    now.
    """
    rows = board.assign(services(), token, read_choices(body.fields))
    with after_an_act():
        note_board_act(request, [row.complaint for row in rows if row.open], "assign")
    status = 200 if any(row.open for row in rows) else 409
    if wants_json(request):
        return _board_and_rows(request, token, rows, status)
    return saved(request, token) if all(row.open for row in rows) else _show(request, token, status, rows=rows)


def _board_and_rows(request: Request, token: str, rows: tuple[board.Row, ...], status: int) -> Response:
    from functions.views.desk.board_rows import board_json, rows_json

    ctx, opened = context(), board.open_board(services(), token, longer=board.TO_FINISH)
    opened, rows = all_seen_by(opened, Audience.DESK), all_seen_by(rows, Audience.DESK)
    return as_json(board_json(ctx, opened) | {"assigned": rows_json(ctx, rows)}, status)


def _undo(request: Request, token: str, body: Body) -> Response:
    board.undo(services(), token, body.get("case").strip())
    _note(request, body.get("case"), "undo")
    return _done(request, token)


def _called(request: Request, token: str, body: Body) -> Response:
    change = board.call(services(), token, body.get("opd").strip().upper())
    if change:
        _note(request, change.complaint.ticket, "called")
    return _done(request, token)


def _mailbox_called(request: Request, token: str, body: Body) -> Response:
    board.call_about_mailbox(services(), token, body.get("opd").strip().upper())
    return _done(request, token)


def _data_done(request: Request, token: str, body: Body) -> Response:
    said = DataAnswer(body.get("result"), body.get("message"), body.get("seen").strip())
    board.answer_data(services(), token, body.get("request"), said)
    _note(request, body.get("request"), "data_done")
    return _done(request, token)


def _told(request: Request, token: str, body: Body) -> Response:
    board.tell(services(), token, body.get("task"), reached=body.get("action") == TOLD)
    _note(request, body.get("task"), body.get("action"))
    return _done(request, token)


ACTS: dict[str, Callable[[Request, str, Body], Response]] = {
    "assign": _preview,
    "edit": _change_again,
    "confirm": _confirm,
    "undo": _undo,
    "called": _called,
    TOLD: _told,
    "no-answer": _told,
    "data_done": _data_done,
    "mailbox_called": _mailbox_called,
}
