"""The officer's page for one complaint. Opening it changes nothing; acting is a POST."""

from __future__ import annotations
from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.web.factories import canned_answers, case_of, context
from functions.web.http import Body, as_json, html, wants_json
from functions.web.link_page import ActPage, after_an_act, note_act, note_opened, show_photo
from functions.web.middleware import http_endpoint
from workflows.domain.access import Audience, audience_of
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.canned import blanks_of
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import Transition
from workflows.office import casework
from workflows.ports import CaseGrant
from workflows.unit_of_work import link_is_valid, load_or_forbidden


@functions_framework.http
@http_endpoint("/opd/<token>", "/opd/<token>/foto/<n>")
def case_page(request: Request, token: str, n: str = "") -> Response:
    """GET the complaint or one of its photos, POST an action."""
    return OfficerPage(request, token).answer(n)


class OfficerPage(ActPage):
    """The page of a department, its head or a unit."""

    def __init__(self, request: Request, token: str) -> None:
        super().__init__(request)
        self._token = token

    def show_photo(self, number: str) -> Response:
        """A photo; records the access."""
        grant, complaint = casework.open_case(services(), self._token)
        answer = show_photo(self.request, complaint, number)
        note_opened(self.request, grant, complaint)
        return answer

    def show(self, status: int = 200, **shown: Any) -> Response:
        """The page as HTML or JSON; records the access."""
        from functions.views.officer.page import for_category, officer_json, officer_page

        grant, complaint = casework.open_case(services(), self._token)
        case, ctx = case_of(complaint, audience_of(grant.role), path=f"/opd/{self._token}"), context()
        contact = _contact(grant, complaint)
        note_opened(self.request, grant, complaint, contact=bool(contact))
        if wants_json(self.request):
            return as_json(officer_json(ctx, case, grant.role) | contact, status)
        page = officer_page(
            ctx,
            case,
            grant.role,
            contact=contact.get("contact"),
            canned=for_category(canned_answers(), complaint.category),
            picked=self.request.args.get("contoh", type=int),
            picked_earlier=self.request.args.get("konsep") == "sebelumnya",
            **shown,
        )
        return html(page, status)

    def act(self, body: Body) -> Transition | None:
        """Carry out the action, with the photos sent along."""
        return casework.perform_action(services(), self._token, _wanted(body), body.photos, blanks_of(canned_answers()))

    def note(self, body: Body, change: Transition | None) -> None:
        """A line about the act, and where JSON answers with the page, about who read it."""
        with after_an_act():
            grant = casework.parse_link(services(), self._token)
            complaint = change.complaint if change else load_or_forbidden(services().store, grant.ticket)
            note_act(self.request, grant, complaint, body.get("action"), body.get("officer"))
            gets_page = wants_json(self.request)
            if gets_page and link_is_valid(casework.check_link, grant, complaint, services().clock.now()):
                note_opened(self.request, grant, complaint, contact=bool(_contact(grant, complaint)))

    def show_done(self, body: Body, change: Transition | None) -> Response:
        """The page's JSON; if the link has become invalid, only where this action sent the complaint. Photos that
        were not accepted are named, also for a repeat.
        """
        from functions.views.officer.page import officer_json
        from functions.views.shared.forms import left_out_shape

        grant = casework.parse_link(services(), self._token)
        complaint = load_or_forbidden(services().store, grant.ticket)
        ctx, reader = context(), audience_of(grant.role)
        is_valid = link_is_valid(casework.check_link, grant, complaint, ctx.now)
        data = officer_json(ctx, case_of(complaint, reader if is_valid else Audience.FORMER), grant.role)
        if body.photos:
            lines = change.entries if change else case_of(complaint, reader).timeline[::-1]
            data |= left_out_shape(lines, grant.role, body.get("action"))
        return as_json(data | (_contact(grant, complaint) if is_valid else _hidden(grant, complaint)))


def _hidden(grant: CaseGrant, complaint: Complaint) -> dict[str, Any]:
    """What the JSON does not say to a link that is over, beside the words that such a reader does not see."""
    hidden: dict[str, Any] = {"actions": []}
    if casework.has_moved_on(grant, complaint) and not casework.just_left(grant, complaint):
        nobody = {"who": "", "until": None, "then": ""}
        hidden |= {"status": "", "department": None, "deadline": None, "next": nobody}
    return hidden


def _contact(grant: CaseGrant, complaint: Complaint) -> dict[str, dict[str, str]]:
    """The citizen's contact, for the office that was shown it; else {}."""
    from functions.views.officer.page import contact_fields

    contact = contact_fields(casework.contact_of(services(), grant, complaint))
    return {"contact": contact} if contact else {}


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
