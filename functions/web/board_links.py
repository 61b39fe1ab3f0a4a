"""Forms sent by a link to the board: accepted for a while after its end, and shown again in full after that."""

from __future__ import annotations

from flask import Request, Response

from functions.app.container import services
from functions.web.factories import context
from functions.web.request_body import WORDS, Body, read_body
from functions.web.responses import back_to_page, html
from workflows.desk.board import TO_FINISH, parse_link
from workflows.errors import BoardExpired


def may_send(request: Request, token: str, body: Body | None = None) -> None:
    """BoardExpired, whose page shows every field that was typed. `body`: if it was read already."""
    try:
        parse_link(services(), token, TO_FINISH)
    except BoardExpired:
        from functions.views.desk.intake_page import typed_words

        sent = body or read_body(request)
        request.environ[WORDS] = typed_words(sent.fields, len(sent.photos))
        raise


def saved(request: Request, token: str) -> Response:
    """Redirect to the board; if it is expired, a page that says that everything is saved."""
    try:
        parse_link(services(), token)
    except BoardExpired as over:
        from functions.views.shared.problem_page import problem_page

        error = BoardExpired(over.renewed_at, saved=True)
        return html(problem_page(context(), "id", error, 200, token=token, page=f"/papan/{token}"))
    return back_to_page(request)
