"""The operator's page for one case that Laksa is unsure of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import functions_framework
from flask import Request, Response

from functions.access_log import after_an_act, note_act, note_opened
from functions.edge.answers import as_json, back_to_page, html, wants_json
from functions.edge.body import Body, read_body
from functions.edge.guard import page
from functions.edge.photo import show_photo
from functions.edge.refused import REFUSED, shown_again
from functions.services import case_of, context, ports
from workflows.desk import one_case
from workflows.domain.closed_to_desk import as_the_desk_sees_it, is_closed_to_desk
from workflows.domain.complaint import Complaint
from workflows.domain.desk_acts import DeskAct
from workflows.domain.institutions import named_institution
from workflows.unit_of_work import link_is_valid, load_or_forbidden

if TYPE_CHECKING:
    from functions.views.context import Case


@functions_framework.http
@page("/meja/<token>", "/meja/<token>/foto/<n>")
def desk_page(request: Request, token: str, n: str = "") -> Response:
    """GET the case with its three best departments, or a photo of it; POST the choice."""
    if n:
        return _photo(request, token, n)
    return _act(request, token) if request.method == "POST" else _show(request, token)


def _photo(request: Request, token: str, n: str) -> Response:
    complaint = one_case.open_case(ports(), token)
    answer = show_photo(request, complaint, n)
    note_opened(request, one_case.read_right(ports(), token), complaint)
    return answer


def _show(request: Request, token: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.desk_page import desk_json
    from functions.views.desk_page import desk_page as view

    complaint = one_case.open_case(ports(), token)
    note_opened(request, one_case.read_right(ports(), token), complaint)
    case, ctx = _case_of(complaint, f"/meja/{token}"), context()
    if wants_json(request):
        return as_json(desk_json(ctx, case), status)
    return html(view(ctx, case, **shown), status)


def _case_of(complaint: Complaint, path: str = "") -> Case:
    """With its timeline, unless the desk may read nothing of it."""
    from functions.views.context import Case

    seen = as_the_desk_sees_it(complaint)
    return Case(seen, (), path) if is_closed_to_desk(complaint) else case_of(seen, path=path)


def _act(request: Request, token: str) -> Response:
    body = read_body(request)
    right = one_case.read_right(ports(), token)
    try:
        wanted = _wanted(body)
        one_case.act(ports(), token, wanted)
    except REFUSED as error:
        if wants_json(request):
            raise
        return _show(request, token, **shown_again(error, body))
    with after_an_act():
        note_act(request, right, load_or_forbidden(ports().store, right.ticket), wanted.action)
    return _done(token) if wants_json(request) else back_to_page(request)


def _wanted(body: Body) -> DeskAct:
    """InvalidInput where it names an institution that the page does not offer."""
    wanted = DeskAct(*(body.get(name) for name in ("action", "to", "reason", "message", "into")))
    if wanted.action != "external":
        return wanted
    offered = {code: name for code, (name, _) in context().labels.institutions.items()}
    return replace(wanted, to=named_institution(wanted.to, offered))


def _done(token: str) -> Response:
    """The page's JSON; once the link opens it no more, only where the case is."""
    from functions.views.desk_page import desk_json

    right = one_case.read_right(ports(), token)
    complaint = load_or_forbidden(ports().store, right.ticket)
    ctx = context()
    data = desk_json(ctx, _case_of(complaint))
    if not link_is_valid(one_case.judge, right, complaint, ctx.now):
        data |= {"message": "", "place": "", "actions": [], "timeline": [], "suggestions": []}
    return as_json(data)
