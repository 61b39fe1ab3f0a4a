"""The citizen's page behind ticket and key, and the page for a lost link."""

from __future__ import annotations

from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.answers import SCRIPT, as_json, back_to_page, html, language, wants_json
from functions.edge.body import Body, read_body
from functions.edge.guard import page
from functions.edge.look_ahead import is_look_ahead
from functions.edge.photo import show_photo
from functions.edge.refused import REFUSED, shown_again
from functions.lost_link import lost
from functions.services import case_of, context, ports
from functions.wiring import runtime
from workflows.citizen import data_requests, tracking
from workflows.citizen.page_opened import mark_opened
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.complaint import Complaint
from workflows.domain.data_request import DataAct
from workflows.errors import Forbidden
from workflows.mail.case_links import path_by_key
from workflows.mail.letter_mark import MARK
from workflows.mail.mail_limit import link_opened


@functions_framework.http
@page("/laporan", "/laporan/<ticket>", "/laporan/<ticket>/<key>", "/laporan/<ticket>/<key>/foto/<n>")
def complaint_page(request: Request, ticket: str = "", key: str = "", n: str = "") -> Response:
    """GET the page or a photo on it, POST what the citizen decides; without a ticket, the lost link."""
    if not ticket:
        return lost(request)
    if not key:
        raise Forbidden
    if n:
        return show_photo(request, _with_its_photos(ticket, key), n)
    return _act(request, ticket, key) if request.method == "POST" else _show(request, ticket, key)


def _with_its_photos(ticket: str, key: str) -> Complaint:
    """The complaint with the photos its citizen may see: those of a draft are nobody's yet."""
    from functions.views.citizens_photos import for_citizen

    return for_citizen(case_of(tracking.open_page(ports(), ticket, key)))


def _show(request: Request, ticket: str, key: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.citizen_page import citizen_json, citizen_page

    complaint = tracking.open_page(ports(), ticket, key)
    if not is_look_ahead(request):
        complaint = _note_opened(request, complaint)
    case = case_of(complaint, path=path_by_key(complaint.ticket, key))
    ctx = context()
    if wants_json(request):
        return as_json(citizen_json(ctx, case), status)
    lang = language(request.args.get("lang") or case.complaint.lang)
    return html(citizen_page(ctx, case, key, lang=lang, **shown), status, SCRIPT)


def _note_opened(request: Request, complaint: Complaint) -> Complaint:
    """What a person's look means: the citizen has the answer, and from a letter's link, the address is read."""
    if request.method == "GET" and runtime().settings.mail_is_limited:
        link_opened(ports(), complaint, request.args.get(MARK, ""))
    return mark_opened(ports(), complaint)


def _act(request: Request, ticket: str, key: str) -> Response:
    body = read_body(request)
    try:
        _carry_out(ticket, key, body)
    except REFUSED as error:
        if wants_json(request):
            raise
        return _show(request, ticket, key, photos_again=bool(body.photos), **shown_again(error, body))
    return _show(request, ticket, key) if wants_json(request) else back_to_page(request)


def _carry_out(ticket: str, key: str, body: Body) -> None:
    action, message = body.get("action"), body.get("message")
    if action == "data":
        data_requests.take_in(ports(), ticket, key, DataAct(body.get("kind"), message))
    else:
        tracking.act(ports(), ticket, key, CitizenAct(action, message, body.get("score")), body.photos)
