"""While the citizen is asked, the department's clock stands still; then it goes on with what was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.domain.calendar import WorkCalendar
from workflows.domain.complaint import IN_PROGRESS, WAITING, Complaint
from workflows.domain.policy import Policy


def stands_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime | None:
    """Until when the clock may stand from now on; None when this case has used all its days of standing."""
    left = policy.ask_days - complaint.asked_days
    if complaint.urgent:
        return now + policy.urgent.ask if left > 0 else None
    return policy.calendar().add_working_days(now, left) if left > 0 else None


def going_on(complaint: Complaint, policy: Policy, now: datetime) -> Complaint:
    """The same complaint with its clock running: later by the working time that it stood; else unchanged."""
    if complaint.state != WAITING or complaint.asked_at is None:
        return complaint
    since, until = complaint.asked_at, min(now, complaint.ask_until or now)
    start, answer_by = _moved(complaint, policy.calendar(), since, until)
    days = max(policy.calendar().working_days_between(since, until), 1)
    return replace(
        complaint,
        state=IN_PROGRESS,
        clock_start=start,
        answer_by=answer_by,
        asked_at=None,
        ask_until=None,
        asked_days=complaint.asked_days + days,
    )


def _moved(
    complaint: Complaint, calendar: WorkCalendar, since: datetime, until: datetime
) -> tuple[datetime | None, datetime | None]:
    """The beginning and the end of the time to answer; around the clock every hour counts, else working time."""
    start, answer_by = complaint.clock_start, complaint.answer_by
    if complaint.urgent:
        stood = until - since
        return start and start + stood, answer_by and answer_by + stood
    stood = calendar.working_time(since, until)
    return start and calendar.add_working_time(start, stood), answer_by and calendar.later_closing(
        answer_by, stood
    )
