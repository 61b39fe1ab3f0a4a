"""Complaints that an operator entered for a citizen, and the link to hand over with the receipt."""

from __future__ import annotations
from datetime import datetime, timedelta

from workflows.desk.board import TO_FINISH, parse_link
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.records import FORM
from workflows.domain.privacy.retention import WHOLE
from workflows.errors import Forbidden
from workflows.frozen import frozen
from workflows.unit_of_work import Services, load_or_forbidden
from workflows.urls import citizen_path

HANDED_OVER_FOR = timedelta(hours=24)
"""How long the link is shown: a board link must not open everything the desk ever took in."""
JUST = timedelta(minutes=10)
"""The same for a restricted complaint, or one that the desk itself may not see."""


@frozen
class Noted:
    """A complaint that the desk took in. `path`: of its citizen's page, '' once it is no longer handed over."""

    complaint: Complaint
    path: str


def open_noted(services: Services, token: str, ticket: str) -> Noted:
    """By the board's link. Forbidden for complaints that the desk did not take in, or that do not exist.
    BoardExpired; a form sent at the link's end still gets its receipt.
    """
    until, now = parse_link(services, token, TO_FINISH), services.clock.now()
    complaint = load_or_forbidden(services.store, ticket)
    if complaint.arrival.channel == FORM:
        raise Forbidden
    if until <= now and now - complaint.noted_at >= JUST:
        parse_link(services, token)
    if not _is_handed_over(complaint, now):
        return Noted(complaint, "")
    return Noted(complaint, citizen_path(services.links, ticket, complaint.key_version))


def _is_handed_over(complaint: Complaint, now: datetime) -> bool:
    for_few = complaint.restricted or not complaint.desk_may_read
    return WHOLE not in complaint.erasure.erased and now - complaint.noted_at < (JUST if for_few else HANDED_OVER_FOR)
