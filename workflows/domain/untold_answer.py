"""An answer that the desk has not told yet: the time to object waits for the desk, not for the citizen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.domain.change import Change
from workflows.domain.complaint import ANSWERED, Complaint
from workflows.domain.notice import Notice
from workflows.domain.policy import Policy
from workflows.domain.telling import is_of_answer, untold


def would_close_unheard(complaint: Complaint, now: datetime) -> bool:
    """Whether the time to object is over for a citizen whom only the desk tells, and who was not told."""
    over = complaint.confirm_by is not None and complaint.confirm_by <= now
    return over and complaint.by_phone and complaint.state == ANSWERED and complaint.reached_at is None


def holds_answer(task: Notice, complaint: Complaint) -> bool:
    """Whether what waits to be told is the answer that stands; a reminder of it alone is not."""
    return any(news["template"] == "answer" and is_of_answer(news, complaint) for news in untold(task))


def time_anew(complaint: Complaint, policy: Policy, now: datetime) -> Change | None:
    """The whole time to object from now on; None where the citizen has the answer or the case has moved on."""
    if complaint.state != ANSWERED or complaint.reached_at:
        return None
    until = policy.calendar().add_working_days(now, policy.confirm_days)
    return Change(replace(complaint, confirm_by=until))
