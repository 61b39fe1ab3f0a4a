"""The officer's page for one case. Opening it changes nothing; acting is a POST."""

from __future__ import annotations

from typing import Any

import functions_framework
from flask import Request, Response

from functions.access_log import after_an_act, note_act, note_opened
from functions.edge.answers import as_json, back_to_page, html, wants_json
from functions.edge.body import Body, read_body
from functions.edge.guard import page
from functions.edge.photo import show_photo
from functions.edge.refused import REFUSED, shown_again
from functions.services import canned_answers, case_of, context, ports
from workflows.domain.canned import blanks_of
from workflows.domain.change import Change
from workflows.domain.complaint import Complaint
from workflows.domain.office_act import OfficerAct
from workflows.office import casework
from workflows.ports import Right
from workflows.unit_of_work import link_is_valid, load_or_forbidden


@functions_framework.http
@page("/opd/<token>", "/opd/<token>/foto/<n>")
def case_page(request: Request, token: str, n: str = "") -> Response:
    """GET the case or a photo of it, POST an act."""
    if n:
        return _photo(request, token, n)
    return _act(request, token) if request.method == "POST" else _show(request, token)


def _photo(request: Request, token: str, n: str) -> Response:
    right, complaint = casework.open_case(ports(), token)
    answer = show_photo(request, complaint, n)
    note_opened(request, right, complaint)
    return answer


def _show(request: Request, token: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.officer_page import officer_json, officer_page
    from workflows.domain.canned import for_category

    right, complaint = casework.open_case(ports(), token)
    case, ctx = case_of(complaint, path=f"/opd/{token}"), context()
    contact = _contact(right, complaint)
    note_opened(request, right, complaint, contact=bool(contact))
    if wants_json(request):
        return as_json(officer_json(ctx, case, right.role) | contact, status)
    canned = for_category(canned_answers(), complaint.category)
    page = officer_page(
        ctx,
        case,
        right.role,
        contact=contact.get("contact"),
        canned=canned,
        picked=request.args.get("contoh", type=int),
        picked_earlier=request.args.get("konsep") == "sebelumnya",
        **shown,
    )
    return html(page, status)


def _contact(right: Right, complaint: Complaint) -> dict[str, dict[str, str]]:
    """The citizen's contact, for the office that was shown it; else nothing."""
    from functions.views.officer_help import contact_fields

    contact = contact_fields(casework.contact_of(ports(), right, complaint))
    return {"contact": contact} if contact else {}


def _act(request: Request, token: str) -> Response:
    body = read_body(request)
    try:
        change = casework.act(ports(), token, _wanted(body), body.photos, blanks_of(canned_answers()))
    except REFUSED as error:
        if wants_json(request):
            raise
        return _show(request, token, photos_again=bool(body.photos), **shown_again(error, body))
    with after_an_act():
        _note(request, token, body, change)
    return _done(token, body, change) if wants_json(request) else back_to_page(request)


def _note(request: Request, token: str, body: Body, change: Change | None) -> None:
    right = casework.read_right(ports(), token)
    complaint = change.complaint if change else load_or_forbidden(ports().store, right.ticket)
    note_act(request, right, complaint, body.get("action"), body.get("officer"))
    gets_the_page = link_is_valid(casework.judge, right, complaint, ports().clock.now())
    if gets_the_page and wants_json(request):
        note_opened(request, right, complaint, contact=bool(_contact(right, complaint)))


def _wanted(body: Body) -> OfficerAct:
    return OfficerAct(
        action=body.get("action"),
        officer=body.get("officer"),
        message=body.get("message"),
        outcome=body.get("outcome") or "done",
        date=body.get("date"),
        to=body.get("to").strip(),
        reason=body.get("reason"),
        draft=body.get("draft"),
        draft_photos=body.get("draft_photos") == "yes",
    )


def _done(token: str, body: Body, change: Change | None) -> Response:
    """The page's JSON; once the link opens it no more, only where this act sent the case, and nothing later.

    Photos that were left out are named, also to a repeat.
    """
    from functions.views.officer_page import officer_json
    from functions.views.photos import left_out_shape

    right = casework.read_right(ports(), token)
    complaint = load_or_forbidden(ports().store, right.ticket)
    ctx, case = context(), case_of(complaint)
    data = officer_json(ctx, case, right.role)
    if body.photos:
        lines = change.entries if change else case.timeline[::-1]
        data |= left_out_shape(lines, right.role, body.get("action"))
    if link_is_valid(casework.judge, right, complaint, ctx.now):
        return as_json(data | _contact(right, complaint))
    hidden: dict[str, Any] = {"message": "", "place": "", "actions": [], "timeline": [], "draft": None}
    if casework.has_moved_on(right, complaint) and not casework.just_left(right, complaint):
        nobody = {"who": "", "until": None, "then": ""}
        hidden |= {"status": "", "department": None, "deadline": None, "next": nobody}
    return as_json(data | hidden)
