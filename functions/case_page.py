"""The officer's page for one case. Opening it changes nothing; acting is a POST."""

from __future__ import annotations

from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.answers import as_json, back_to_page, html, wants_json
from functions.edge.body import Body, read_body
from functions.edge.guard import page
from functions.edge.refused import REFUSED, shown_again
from functions.services import case_of, context, ports
from workflows import casework
from workflows.domain.officer_acts import OfficerAct
from workflows.runner import behind_link


@functions_framework.http
@page("/opd/<token>")
def case_page(request: Request, token: str) -> Response:
    """GET the case, POST an act."""
    return _act(request, token) if request.method == "POST" else _show(request, token)


def _show(request: Request, token: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.officer_page import officer_json, officer_page

    right, complaint = casework.open_case(ports(), token)
    case, ctx = case_of(complaint), context()
    if wants_json(request):
        return as_json(officer_json(ctx, case, right.role), status)
    return html(officer_page(ctx, case, right.role, **shown), status)


def _act(request: Request, token: str) -> Response:
    body = read_body(request)
    try:
        casework.act(ports(), token, _wanted(body))
    except REFUSED as error:
        if wants_json(request):
            raise
        return _show(request, token, **shown_again(error, body))
    return _done(token) if wants_json(request) else back_to_page(request)


def _wanted(body: Body) -> OfficerAct:
    return OfficerAct(
        action=body.get("action"),
        officer=body.get("officer"),
        message=body.get("message"),
        outcome=body.get("outcome") or "done",
        date=body.get("date"),
        to=body.get("to").strip(),
    )


def _done(token: str) -> Response:
    """The page's JSON; once the case has moved on, only where this act sent it, and nothing later."""
    from functions.views.officer_page import officer_json

    right = casework.read_right(ports(), token)
    complaint = behind_link(ports().store, right.ticket)
    data = officer_json(context(), case_of(complaint), right.role)
    if not casework.has_moved_on(right, complaint):
        return as_json(data)
    hidden: dict[str, Any] = {"message": "", "place": "", "actions": [], "timeline": []}
    if not casework.just_left(right, complaint):
        nobody = {"who": "", "until": None, "then": ""}
        hidden |= {"status": "", "department": None, "deadline": None, "next": nobody}
    return as_json(data | hidden)
