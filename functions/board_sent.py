"""What comes by a link to the board: taken for a while after its end, and shown again in full beyond that."""

from __future__ import annotations

from flask import Request, Response

from functions.edge.answers import back_to_page, html
from functions.edge.body import WORDS, Body, read_body
from functions.services import context, ports
from workflows.desk.board import TO_FINISH, read_right
from workflows.errors import BoardExpired


def may_send(request: Request, token: str, body: Body | None = None) -> None:
    """BoardExpired, whose page shows every field that was typed. body: where it has been read already."""
    try:
        read_right(ports(), token, TO_FINISH)
    except BoardExpired:
        from functions.views.typed_fields import typed_words

        request.environ[WORDS] = typed_words(body or read_body(request))
        raise


def saved(request: Request, token: str) -> Response:
    """Back to the board; where it opens no more, a page that says that all is stored."""
    try:
        read_right(ports(), token)
    except BoardExpired as over:
        from functions.views.problem_page import problem_page

        error = BoardExpired(over.renewed_at, saved=True)
        return html(problem_page(context(), "id", error, 200, token=token, page=f"/papan/{token}"))
    return back_to_page(request)
