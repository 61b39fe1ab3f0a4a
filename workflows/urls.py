"""Paths of links (without our host): to a complaint for its office, to a department's list, to the
desk's board.
"""

from __future__ import annotations
from datetime import datetime, timedelta

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DESK
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.deadlines.policy import Policy
from workflows.ports import CaseGrant, Links
from workflows.unit_of_work import Services

LIST_HOURS = timedelta(hours=24)
INTO_THE_MORNING = timedelta(hours=4)
"""How long after the next working day's opening a list's link still works: by then the next digest is there, if
there is anything to tell. Without one a department has no list, but the links of its cases' own letters."""

SHIFT = timedelta(hours=24)
"""How long a link to the desk's board works: from one day's letter into the hour of the next, free days too."""


def citizen_path(links: Links, ticket: str, version: int) -> str:
    """The citizen's page of a complaint, with the key of that version."""
    return path_by_key(ticket, links.citizen_key(ticket, version))


def path_by_key(ticket: str, key: str) -> str:
    """The citizen's page with an existing key."""
    return f"/laporan/{ticket}/{key}"


def office_path(services: Services, complaint: Complaint, role: str) -> str:
    """The complaint for its present department or its head, valid as long as a mail's link."""
    return f"/opd/{_case_token(services, complaint, role)}"


def desk_path(services: Services, complaint: Complaint) -> str:
    """The complaint for the operators."""
    return f"/meja/{_case_token(services, complaint, DESK)}"


def list_path(services: Services, opd: str) -> tuple[str, datetime]:
    """(path of a department's list, expiry)."""
    token = services.links.list_token(opd, list_until(services.policy, services.clock.now()))
    return f"/kasus/{token}", services.links.read_list_token(token).expires


def list_until(policy: Policy, now: datetime) -> datetime:
    """Expiry on the next working day's morning, so that offices have their list over days off."""
    tomorrow = local_day(now) + timedelta(days=1)
    opens, _ = policy.calendar().office_day(tomorrow)
    return max(now + LIST_HOURS, opens + INTO_THE_MORNING)


def board_path(services: Services) -> tuple[str, datetime]:
    """(path of the desk's board, expiry), the expiry as the token encodes it."""
    token = services.links.board_token(services.clock.now() + SHIFT)
    return f"/papan/{token}", services.links.read_board_token(token)


def _case_token(services: Services, complaint: Complaint, role: str) -> str:
    expires = services.clock.now() + timedelta(days=services.policy.link_days)
    return services.links.case_token(CaseGrant(complaint.ticket, role, complaint.assignment_no, expires))
