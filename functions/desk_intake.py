"""The desk enters a complaint for somebody else: its form, and the receipt to print."""

from __future__ import annotations

from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import container, services
from functions.web.access_log import note_opened
from functions.web.factories import case_of, context
from functions.web.intake_form import Door, idempotency_key, sent_token, take_in, wants_kept
from functions.web.link_pages import may_send
from functions.web.middleware import http_endpoint
from functions.web.request_body import Body
from functions.web.responses import as_json, html, see_other, wants_json
from workflows.citizen.intake import Envelope, Receipt
from workflows.desk.board import parse_link
from workflows.desk.manual_intake import Noted, open_noted
from workflows.domain.complaint.transition import DESK
from workflows.domain.intake import manual, submission
from workflows.domain.intake.form_token import TOKEN
from workflows.errors import WrongMethod
from workflows.ports import CaseGrant

KNOWN = "sudah"
"""In a receipt's URL: the complaint had been entered before."""


@functions_framework.http
@http_endpoint("/papan/<token>/baru", "/papan/<token>/baru/<ticket>")
def desk_intake(request: Request, token: str, ticket: str = "") -> Response:
    """GET the form or a receipt, POST a report. The board's link is the right: no limit, no trap, no age."""
    if ticket:
        return _receipt(request, token, ticket)
    _check_right(request, token)
    path = f"/papan/{token}/baru"
    return take_in(request, _door(request, token, path)) if request.method == "POST" else _form(path)


def _check_right(request: Request, token: str) -> None:
    """Forms of a link that has just expired are accepted; later ones get the page that shows their text."""
    if request.method == "POST":
        may_send(request, token)
    else:
        parse_link(services(), token)


def _form(path: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.desk.intake_page import intake_page

    ctx = context()
    shown.setdefault(TOKEN, container().links.form_token(ctx.now))
    return html(intake_page(ctx, path, **shown), status)


def _door(request: Request, token: str, path: str) -> Door:
    return Door(
        path=path,
        language=lambda _: "id",
        envelope=lambda body: _envelope(request, body),
        show=lambda _, status, **shown: _form(path, status, **shown),
        received=lambda receipt: _received(request, token, receipt),
        fields=manual.FIELDS + submission.FIELDS,
    )


def _envelope(request: Request, body: Body) -> Envelope:
    rt = container()
    arrival, at = manual.read_arrival(body.fields, rt.rules.intake_days, rt.clock.now())
    token = sent_token(body) or idempotency_key(request)
    return Envelope(token, photos=body.photos, kept=wants_kept(body), arrival=arrival, received_at=at)


def _received(request: Request, token: str, receipt: Receipt) -> Response:
    if not wants_json(request):
        known = "" if receipt.created else f"?{KNOWN}=ya"
        return see_other(f"/papan/{token}/baru/{receipt.ticket}{known}")
    noted = open_noted(services(), token, receipt.ticket)
    return as_json(_shape(token, noted, receipt.state), 201 if receipt.created else 200)


def _receipt(request: Request, token: str, ticket: str) -> Response:
    if request.method == "POST":
        raise WrongMethod(("GET", "HEAD"))
    noted = open_noted(services(), token, ticket)
    if noted.path:
        desk = CaseGrant(ticket, DESK, noted.complaint.generation, container().clock.now())
        note_opened(request, desk, noted.complaint)
    if wants_json(request):
        return as_json(_shape(token, noted, noted.complaint.state))
    from functions.views.desk.intake_page import receipt_page

    case = case_of(noted.complaint, path=noted.path)
    return html(receipt_page(context(), case, f"/papan/{token}", known=bool(request.args.get(KNOWN))))


def _shape(token: str, noted: Noted, status: str) -> dict[str, str]:
    """As the citizen's form answers; once the day is over the address is the desk's own."""
    path = noted.path or f"/papan/{token}/baru/{noted.complaint.ticket}"
    return {"ticket": noted.complaint.ticket, "url": container().settings.url + path, "status": status}
