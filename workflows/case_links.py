"""Links to a case for the office that has it, to a department's list, to the desk's board; without our address."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.domain.calendar import local_day
from workflows.domain.change import DESK
from workflows.domain.complaint import Complaint
from workflows.domain.policy import Policy
from workflows.ports import Right
from workflows.runner import Ports

LIST_HOURS = timedelta(hours=24)
INTO_THE_MORNING = timedelta(hours=4)
"""How long after the next working day's opening a list's link still works: by then the next digest is there, if
there is anything to tell. Without one a department has no list, but the links of its cases' own letters."""

SHIFT = timedelta(hours=24)
"""How long a link to the desk's board works: from one morning's letter into the next day's."""


def office_path(ports: Ports, complaint: Complaint, role: str) -> str:
    """The case for its present department or that one's head, as long as a link in a letter lives."""
    return f"/opd/{_case_token(ports, complaint, role)}"


def desk_path(ports: Ports, complaint: Complaint) -> str:
    """The case for the operators."""
    return f"/meja/{_case_token(ports, complaint, DESK)}"


def list_path(ports: Ports, opd: str) -> tuple[str, datetime]:
    """A department's list, and until when the link works."""
    until = list_until(ports.policy, ports.clock.now())
    return f"/kasus/{ports.links.list_token(opd, until)}", until


def list_until(policy: Policy, now: datetime) -> datetime:
    """Into the morning of the next working day, so that no free day leaves an office without its list."""
    tomorrow = local_day(now) + timedelta(days=1)
    opens, _ = policy.calendar().office_day(tomorrow)
    return max(now + LIST_HOURS, opens + INTO_THE_MORNING)


def board_path(ports: Ports) -> tuple[str, datetime]:
    """The desk's board, and until when the link works."""
    until = ports.clock.now() + SHIFT
    return f"/papan/{ports.links.board_token(until)}", until


def _case_token(ports: Ports, complaint: Complaint, role: str) -> str:
    expires = ports.clock.now() + timedelta(days=ports.policy.link_days)
    return ports.links.case_token(Right(complaint.ticket, role, complaint.generation, expires))
