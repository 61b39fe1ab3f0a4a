"""The operator's page for one complaint that Laksa is unsure of, and the action that sends it on."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime
from functools import partial

from workflows.acts import perform
from workflows.domain.access import Audience, seen_by
from workflows.domain.actions.desk import DESK_ACTIONS, DeskAct, check, decide
from workflows.domain.actions.engine import LinkCheck, Rules
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.complaint.transition import DESK, Transition
from workflows.domain.intake.submission import tidy
from workflows.errors import Forbidden, LinkExpired, LinkSuperseded
from workflows.failures import UnknownComplaint
from workflows.merging import merge_into
from workflows.ports import CaseGrant
from workflows.unit_of_work import Services, load_or_forbidden


def open_case(services: Services, token: str) -> Complaint:
    """The complaint that a desk link opens; Forbidden, LinkExpired. An ordinary complaint can be followed after it
    has left the desk; a restricted one cannot: LinkSuperseded, or, by a link for a call to its department, without
    contents.
    """
    grant = parse_link(services, token)
    complaint = load_or_forbidden(services.store, grant.ticket)
    check_link(grant, complaint, services.clock.now())
    return seen_by(complaint, Audience.DESK)


def check_link(grant: CaseGrant, complaint: Complaint, now: datetime) -> None:
    """LinkSuperseded when a restricted complaint has left the desk or is hidden from it; LinkExpired."""
    left = complaint.restricted and complaint.assignment_no != grant.assignment_no
    if left or not complaint.desk_may_read:
        raise LinkSuperseded(complaint.ticket, restricted=True)
    if grant.expires <= now:
        seen = seen_by(complaint, Audience.FORMER)
        raise LinkExpired(seen.ticket, "DESK", seen.renewed.get("desk"))


def parse_link(services: Services, token: str) -> CaseGrant:
    """The grant of an operator's token; Forbidden when it is forged, incomplete, or of another kind."""
    grant = services.links.read_case_token(token)
    if grant.role != DESK:
        raise Forbidden
    return grant


def perform_action(services: Services, token: str, wanted: DeskAct) -> Transition | None:
    """Carry out an operator's action once; None when it has been done. InvalidInput, Forbidden, LinkSuperseded,
    LinkExpired (except for renew), ActionNotPossible.
    """
    grant = parse_link(services, token)
    into = parse_ticket(wanted.into) or ""
    request = replace(wanted, message=tidy(wanted.message), into=into or wanted.into)
    DESK_ACTIONS.find(request.action)
    check(request)
    rules, link = Rules(services.policy, services.directory), partial(check_link, grant)
    if request.action == "merge":
        return _merge(services, grant.ticket, into, request, rules, link)
    return perform(services, grant.ticket, request, lambda c, sent, now: decide(c, sent, rules, now, link))


def _merge(
    services: Services, ticket: str, into: str, request: DeskAct, rules: Rules, link: LinkCheck
) -> Transition | None:
    def step(complaint: Complaint, parent: Complaint | None, now: datetime) -> Transition | None:
        return decide(complaint, request, replace(rules, parent=parent), now, link)

    try:
        return merge_into(services, ticket, into, step)
    except UnknownComplaint as unknown:
        raise Forbidden from unknown
