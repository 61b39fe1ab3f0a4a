"""The citizen's page behind ticket and key, and the page for a lost link."""

from __future__ import annotations

from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.act_page import ActPage
from functions.edge.answers import SCRIPT, as_json, html, language, wants_json
from functions.edge.body import Body
from functions.edge.guard import page
from functions.edge.look_ahead import is_look_ahead
from functions.edge.photo import show_photo
from functions.lost_link import lost
from functions.services import case_of, context, ports
from functions.wiring import runtime
from workflows.citizen import data_requests, tracking
from workflows.citizen.page_opened import mark_opened
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.change import Change
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
    return CitizenPage(request, ticket, key).answer(n)


class CitizenPage(ActPage):
    """The page of whoever has the key."""

    def __init__(self, request: Request, ticket: str, key: str) -> None:
        super().__init__(request)
        self._ticket, self._key = ticket, key

    def show_photo(self, number: str) -> Response:
        """A photo that its citizen may see: those of a draft are nobody's yet."""
        from functions.views.citizens_photos import for_citizen

        complaint = tracking.open_page(ports(), self._ticket, self._key)
        return show_photo(self.request, for_citizen(case_of(complaint)), number)

    def show(self, status: int = 200, **shown: Any) -> Response:
        """The page, as HTML in the language asked for, or as JSON."""
        from functions.views.citizen_page import citizen_json, citizen_page

        complaint = tracking.open_page(ports(), self._ticket, self._key)
        if not is_look_ahead(self.request):
            complaint = _note_opened(self.request, complaint)
        case = case_of(complaint, path=path_by_key(complaint.ticket, self._key))
        ctx = context()
        if wants_json(self.request):
            return as_json(citizen_json(ctx, case), status)
        lang = language(self.request.args.get("lang") or case.complaint.lang)
        return html(citizen_page(ctx, case, self._key, lang=lang, **shown), status, SCRIPT)

    def act(self, body: Body) -> Change | None:
        """Carry it out, with the photos sent along; what is asked about personal data is another workflow's."""
        action, message = body.get("action"), body.get("message")
        if action == "data":
            data_requests.take_in(ports(), self._ticket, self._key, DataAct(body.get("kind"), message))
            return None
        wanted = CitizenAct(action, message, body.get("score"))
        return tracking.act(ports(), self._ticket, self._key, wanted, body.photos)


def _note_opened(request: Request, complaint: Complaint) -> Complaint:
    """What a person's look means: the citizen has the answer, and from a letter's link, the address is read."""
    if request.method == "GET" and runtime().settings.mail_is_limited:
        link_opened(ports(), complaint, request.args.get(MARK, ""))
    return mark_opened(ports(), complaint)
