"""A department confirms that it reads its mailbox. Opening the link changes nothing: mail scanners
open it first.
"""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.web.factories import context
from functions.web.http import as_json, back_to_page, html, read_body, wants_json
from functions.web.middleware import http_endpoint
from workflows.errors import FieldError, InvalidInput
from workflows.office import mailbox_check


@functions_framework.http
@http_endpoint("/alamat/<token>")
def mailbox_page(request: Request, token: str) -> Response:
    """GET the question with its one button, POST action=confirm."""
    return _confirm(request, token) if request.method == "POST" else _show(request, token)


def _show(request: Request, token: str) -> Response:
    from functions.views.officer.mailbox_page import mailbox_json
    from functions.views.officer.mailbox_page import mailbox_page as view

    grant, check = mailbox_check.open_check(services(), token)
    ctx, status = context(), 200 if check else 410
    if wants_json(request):
        return as_json(mailbox_json(ctx, grant.opd, check), status)
    return html(view(ctx, grant.opd, check), status)


def _confirm(request: Request, token: str) -> Response:
    mailbox_check.open_check(services(), token)  # a forged token reveals nothing else
    if read_body(request).get("action") != "confirm":
        raise InvalidInput([FieldError("action", "bad_choice")])
    mailbox_check.confirm(services(), token)
    return _show(request, token) if wants_json(request) else back_to_page(request)
