"""The desk enters a complaint for somebody else: its form, and the receipt to print."""

from __future__ import annotations
from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import container, services
from functions.web.factories import case_of, context
from functions.web.http import Body, as_json, html, see_other, wants_json
from functions.web.intake_form import handle_submission, idempotency_key, sent_token, wants_kept_photos
from functions.web.link_page import may_send, note_opened
from functions.web.middleware import http_endpoint
from workflows.citizen.intake import Receipt, SubmissionMeta
from workflows.desk.board import parse_link
from workflows.desk.manual_intake import Noted, open_noted
from workflows.domain.access import Audience
from workflows.domain.complaint.transition import DESK
from workflows.domain.intake import manual
from workflows.domain.intake.spam import TOKEN
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
    _check_grant(request, token)
    form = DeskForm(request, token)
    return handle_submission(request, form) if request.method == "POST" else _form(form.path)


def _check_grant(request: Request, token: str) -> None:
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


class DeskForm:
    """The operator's form, as handle_submission takes it: an IntakeForm. token: of the board's link."""

    own_fields = manual.FIELDS
    audience = Audience.DESK

    def __init__(self, request: Request, token: str) -> None:
        self._request, self._token = request, token
        self.path = f"/papan/{token}/baru"

    def language(self, _: Body) -> str:
        """The desk's, whatever the form says."""
        return "id"

    def read_meta(self, body: Body) -> SubmissionMeta:
        """How and when the complaint reached the city; InvalidInput."""
        rt = container()
        arrival, at = manual.read_arrival(body.fields, rt.rules.intake_days, rt.clock.now())
        token, kept = sent_token(body) or idempotency_key(self._request), wants_kept_photos(body)
        return SubmissionMeta(token, photos=body.photos, kept=kept, arrival=arrival, received_at=at)

    def show(self, _: str, status: int, /, **shown: Any) -> Response:
        """The form again, with what was typed and what is wrong."""
        return _form(self.path, status, **shown)

    def answer(self, receipt: Receipt) -> Response:
        """To the receipt to print, or the ticket and an address as JSON."""
        if not wants_json(self._request):
            known = "" if receipt.created else f"?{KNOWN}=ya"
            return see_other(f"{self.path}/{receipt.ticket}{known}")
        noted = open_noted(services(), self._token, receipt.ticket)
        return as_json(_shape(self._token, noted, receipt.state), 201 if receipt.created else 200)


def _receipt(request: Request, token: str, ticket: str) -> Response:
    if request.method == "POST":
        raise WrongMethod(("GET", "HEAD"))
    noted = open_noted(services(), token, ticket)
    if noted.path:
        desk = CaseGrant(ticket, DESK, noted.complaint.assignment_no, container().clock.now())
        note_opened(request, desk, noted.complaint)
    if wants_json(request):
        return as_json(_shape(token, noted, noted.complaint.state))
    from functions.views.desk.intake_page import receipt_page

    case = case_of(noted.complaint, Audience.REPORTER, path=noted.path)  # the paper is the reporter's
    return html(receipt_page(context(), case, f"/papan/{token}", known=bool(request.args.get(KNOWN))))


def _shape(token: str, noted: Noted, status: str) -> dict[str, str]:
    """As the citizen's form answers; once the day is over the address is the desk's own."""
    path = noted.path or f"/papan/{token}/baru/{noted.complaint.ticket}"
    return {"ticket": noted.complaint.ticket, "url": container().settings.url + path, "status": status}
