"""The citizen's page behind ticket and key, and the page for a lost link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.answers import SCRIPT, as_json, back_to_page, html, wants_json
from functions.edge.body import Body, read_body
from functions.edge.guard import page
from functions.edge.photo import show_photo
from functions.edge.refused import REFUSED, shown_again
from functions.services import case_of, context, ports
from workflows import tracking
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.complaint import Complaint
from workflows.domain.submission import normal_phone
from workflows.errors import FieldError, Forbidden, InvalidInput


@functions_framework.http
@page("/laporan", "/laporan/<ticket>", "/laporan/<ticket>/<key>", "/laporan/<ticket>/<key>/foto/<n>")
def complaint_page(request: Request, ticket: str = "", key: str = "", n: str = "") -> Response:
    """GET the page or a photo on it, POST what the citizen decides; without a ticket, the lost link."""
    if not ticket:
        return _lost(request)
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
    case = case_of(complaint, path=f"/laporan/{complaint.ticket}/{key}")
    ctx = context()
    if wants_json(request):
        return as_json(citizen_json(ctx, case), status)
    lang = request.args.get("lang") or case.complaint.lang
    return html(citizen_page(ctx, case, key, lang="en" if lang == "en" else "id", **shown), status, SCRIPT)


def _act(request: Request, ticket: str, key: str) -> Response:
    body = read_body(request)
    wanted = CitizenAct(body.get("action"), body.get("message"), body.get("score"))
    try:
        tracking.act(ports(), ticket, key, wanted, body.photos)
    except REFUSED as error:
        if wants_json(request):
            raise
        return _show(request, ticket, key, photos_again=bool(body.photos), **shown_again(error, body))
    return _show(request, ticket, key) if wants_json(request) else back_to_page(request)


def _lost(request: Request) -> Response:
    if request.method != "POST":
        return _lost_page(request, {}, (), False)
    body = read_body(request)
    errors = _missing(body)
    if errors:
        if wants_json(request):
            raise InvalidInput(errors)
        return _lost_page(request, body.fields, errors, False, 422)
    tracking.send_lost_link(
        ports(), body.get("ticket"), body.get("email").strip(), normal_phone(body.get("phone"))
    )
    return as_json({"sent_if_known": True}) if wants_json(request) else _lost_page(request, {}, (), True)


def _missing(body: Body) -> list[FieldError]:
    missing = [] if body.get("ticket").strip() else [FieldError("ticket", "required")]
    if not body.get("email").strip() and not body.get("phone").strip():
        missing.append(FieldError("email", "required"))
    return missing


def _lost_page(
    request: Request, values: dict[str, str], errors: Sequence[FieldError], sent: bool, status: int = 200
) -> Response:
    from functions.views.lost_page import lost_page

    lang = values.get("lang") or request.args.get("lang", "")
    return html(
        lost_page(context(), "en" if lang == "en" else "id", values=values, errors=errors, sent=sent), status
    )
