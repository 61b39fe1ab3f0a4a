"""The operator's page for one complaint that Laksa is unsure of."""

from __future__ import annotations
from dataclasses import replace
from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.web.factories import case_of, context
from functions.web.http import Body, as_json, html, wants_json
from functions.web.link_page import ActPage, after_an_act, note_act, note_opened, show_photo
from functions.web.middleware import http_endpoint
from workflows.desk import one_complaint
from workflows.domain.access import Audience
from workflows.domain.actions.desk import DeskAct
from workflows.domain.complaint.transition import Transition
from workflows.domain.offices import named_institution
from workflows.unit_of_work import link_is_valid, load_or_forbidden


@functions_framework.http
@http_endpoint("/meja/<token>", "/meja/<token>/foto/<n>")
def desk_page(request: Request, token: str, n: str = "") -> Response:
    """GET the complaint with its best departments, or one of its photos; POST the choice."""
    return DeskPage(request, token).answer(n)


class DeskPage(ActPage):
    """The page of an operator."""

    def __init__(self, request: Request, token: str) -> None:
        super().__init__(request)
        self._token = token

    def show_photo(self, number: str) -> Response:
        """A photo; records the access."""
        complaint = one_complaint.open_case(services(), self._token)
        answer = show_photo(self.request, complaint, number)
        note_opened(self.request, one_complaint.parse_link(services(), self._token), complaint)
        return answer

    def show(self, status: int = 200, photos_again: bool = False, **shown: Any) -> Response:
        """The page as HTML or JSON; records the access. No form on it takes photos."""
        from functions.views.desk.page import desk_json
        from functions.views.desk.page import desk_page as view

        complaint = one_complaint.open_case(services(), self._token)
        note_opened(self.request, one_complaint.parse_link(services(), self._token), complaint)
        case, ctx = case_of(complaint, Audience.DESK, path=f"/meja/{self._token}"), context()
        if wants_json(self.request):
            return as_json(desk_json(ctx, case), status)
        return html(view(ctx, case, **shown), status)

    def act(self, body: Body) -> Transition | None:
        """Carry out the action; Forbidden comes before errors of fields."""
        one_complaint.parse_link(services(), self._token)
        return one_complaint.perform_action(services(), self._token, _wanted(body))

    def note(self, body: Body, change: Transition | None) -> None:
        """A line about the act."""
        with after_an_act():
            grant = one_complaint.parse_link(services(), self._token)
            note_act(self.request, grant, load_or_forbidden(services().store, grant.ticket), body.get("action"))

    def show_done(self, body: Body, change: Transition | None) -> Response:
        """The page's JSON; if the link has become invalid, only where the complaint is."""
        from functions.views.desk.page import desk_json

        grant = one_complaint.parse_link(services(), self._token)
        complaint = load_or_forbidden(services().store, grant.ticket)
        ctx = context()
        is_valid = link_is_valid(one_complaint.check_link, grant, complaint, ctx.now)
        data = desk_json(ctx, case_of(complaint, Audience.DESK if is_valid else Audience.FORMER))
        return as_json(data if is_valid else data | {"actions": []})


def _wanted(body: Body) -> DeskAct:
    """InvalidInput where it names an institution that the page does not offer."""
    wanted = DeskAct(*map(body.get, ("action", "to", "reason", "into")), message=body.get("message"))
    if wanted.action != "external":
        return wanted
    offered = {code: name for code, (name, _) in context().labels.institutions.items()}
    return replace(wanted, to=named_institution(wanted.to, offered))
