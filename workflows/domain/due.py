"""Until when a complaint must be accepted and answered: working days, or for danger hours around the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.domain.complaint import Complaint
from workflows.domain.policy import Policy


def accept_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For a department that gets the complaint now."""
    days = policy.days_for(complaint.category, complaint.kind).ack
    return _sooner(complaint, policy, now, days, policy.urgent.ack)


def answer_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For a complaint whose clock begins now."""
    days = policy.days_for(complaint.category, complaint.kind).answer
    return _sooner(complaint, policy, now, days, policy.urgent.answer)


def answer_again_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For a new answer, after the citizen's objection."""
    return _sooner(complaint, policy, now, policy.dispute_days, policy.urgent.answer)


def choose_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """For the desk, to choose a department."""
    return _sooner(complaint, policy, now, policy.desk_days, policy.urgent.ack)


def _sooner(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    at_work = policy.calendar().add_working_days(now, days)
    return min(at_work, now + hours) if complaint.urgent else at_work
