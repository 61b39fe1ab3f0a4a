"""Until when a complaint must be accepted and answered: working days, or for danger hours around the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.domain.complaint import Complaint
from workflows.domain.policy import Policy


def accept_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For a department that gets the complaint now."""
    days = policy.days_for(complaint.category, complaint.kind).ack
    return _since_arrival(complaint, policy, now, days, policy.urgent.ack)


def answer_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For a complaint whose clock begins now."""
    days = policy.days_for(complaint.category, complaint.kind).answer
    return _sooner(complaint, policy, now, days, policy.urgent.answer)


def answer_again_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For a new answer, after the citizen's objection."""
    return _sooner(complaint, policy, now, policy.dispute_days, policy.urgent.answer)


def choose_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For the desk, to choose a department."""
    return _since_arrival(complaint, policy, now, policy.desk_days, policy.urgent.ack)


def begun(complaint: Complaint) -> datetime | None:
    """When a case reached the city that was written down later and has been nobody's to answer yet; else None."""
    return complaint.clock_start if complaint.answer_by is None else None


def _since_arrival(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    """From when the case reached the city; but whoever gets it now is left a working day, or where there is danger
    the time to phone: nobody keeps a date that had passed before."""
    began = begun(complaint)
    if began is None:
        return _sooner(complaint, policy, now, days, hours)
    least = _sooner(complaint, policy, now, 1, policy.urgent.call)
    return max(_sooner(complaint, policy, began, days, hours), least)


def _sooner(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    at_work = policy.calendar().add_working_days(now, days)
    return min(at_work, now + hours) if complaint.urgent else at_work
