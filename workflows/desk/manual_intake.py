"""What an operator has written down for a citizen, and the link that they may hand over with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.desk.board import TO_FINISH, parse_link
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.origin import FORM
from workflows.domain.privacy.retention import WHOLE
from workflows.errors import Forbidden
from workflows.unit_of_work import Services, load_or_forbidden
from workflows.urls import citizen_path

HANDED_OVER_FOR = timedelta(hours=24)
"""So long after it was written down; a board's link must not open whatever the desk ever took in."""
JUST = timedelta(minutes=10)
"""What few may read, or the desk itself may not, is handed over only just after it was written down."""


@dataclass(frozen=True)
class Noted:
    """A complaint that the desk took in. path: of its citizen's page, empty once it is handed over no more."""

    complaint: Complaint
    path: str


def open_noted(ports: Services, token: str, ticket: str) -> Noted:
    """By the board's link; Forbidden for what the desk did not take in, also where there is no such case.

    BoardExpired; what was sent at the link's end still gets its receipt.
    """
    until, now = parse_link(ports, token, TO_FINISH), ports.clock.now()
    complaint = load_or_forbidden(ports.store, ticket)
    if complaint.arrival.channel == FORM:
        raise Forbidden
    if until <= now and now - complaint.noted_at >= JUST:
        parse_link(ports, token)
    if not _is_handed_over(complaint, now):
        return Noted(complaint, "")
    return Noted(complaint, citizen_path(ports.links, ticket, complaint.key_version))


def _is_handed_over(complaint: Complaint, now: datetime) -> bool:
    for_few = complaint.restricted or not complaint.desk_may_read
    return WHOLE not in complaint.erased and now - complaint.noted_at < (JUST if for_few else HANDED_OVER_FOR)
