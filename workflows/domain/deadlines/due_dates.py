"""Due dates to accept and to answer: working days, or for danger hours around the clock. While the citizen is
asked, the department's clock is paused; then it continues with the time that was left.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from workflows.domain.complaint.model import IN_PROGRESS, WAITING, Complaint
from workflows.domain.deadlines.policy import Policy


def accept_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date to accept, for a department that gets the complaint now."""
    days = policy.days_for(complaint.category, complaint.kind).ack
    return _since_arrival(complaint, policy, now, days, policy.urgent.ack)


def answer_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date to answer, for a complaint whose clock starts now."""
    days = policy.days_for(complaint.category, complaint.kind).answer
    return _sooner(complaint, policy, now, days, policy.urgent.answer)


def answer_again_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date of a new answer, after the citizen's objection."""
    return _sooner(complaint, policy, now, policy.dispute_days, policy.urgent.answer)


def choose_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date by which the desk must choose a department."""
    return _since_arrival(complaint, policy, now, policy.desk_days, policy.urgent.ack)


def clock_start_of(complaint: Complaint) -> datetime | None:
    """When a complaint reached the city that was entered later and never assigned; else None."""
    return complaint.deadlines.clock_start if complaint.deadlines.answer_by is None else None


def _since_arrival(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    """The due date counted from when the complaint reached the city; but a new holder has at least a working day,
    or with danger the time to phone: no date is past already.
    """
    began = clock_start_of(complaint)
    if began is None:
        return _sooner(complaint, policy, now, days, hours)
    least = _sooner(complaint, policy, now, 1, policy.urgent.call)
    return max(_sooner(complaint, policy, began, days, hours), least)


def _sooner(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    at_work = policy.calendar().add_working_days(now, days)
    return min(at_work, now + hours) if complaint.urgent else at_work


MINUTE = timedelta(minutes=1)
NO_OPEN_QUESTION: dict[str, Any] = {"asked_at": None, "ask_until": None}
"""Field values without an open question to the citizen."""


def pause_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime | None:
    """Until when the clock may be paused from now on; None when this complaint has used all its time."""
    left = _allowed(complaint, policy, now) - complaint.deadlines.paused_minutes * MINUTE
    return _later(complaint, policy, now, left) if left > timedelta() else None


def resume_clock(complaint: Complaint, policy: Policy, now: datetime) -> Complaint:
    """The complaint with its clock running, its dates moved by the actual pause; else unchanged. The citizen's
    question stays open.
    """
    if complaint.state != WAITING or complaint.deadlines.asked_at is None:
        return complaint
    stood = _stood(complaint, policy, min(now, complaint.deadlines.ask_until or now))

    def moved(at: datetime | None) -> datetime | None:
        return _later(complaint, policy, at, stood) if at and stood else at

    return complaint.evolve(
        state=IN_PROGRESS,
        clock_start=moved(complaint.deadlines.clock_start),
        answer_by=moved(complaint.deadlines.answer_by),
        promised_by=moved(complaint.deadlines.promised_by),
        paused_minutes=complaint.deadlines.paused_minutes + stood // MINUTE,
    )


def _allowed(complaint: Complaint, policy: Policy, now: datetime) -> timedelta:
    """The total pause of a complaint: working days of today's length, or hours around the clock."""
    return policy.urgent.ask if complaint.urgent else policy.ask_days * policy.calendar().day_length(now)


def _stood(complaint: Complaint, policy: Policy, until: datetime) -> timedelta:
    """The pause in whole minutes: of working time, or with danger around the clock."""
    since = complaint.deadlines.asked_at or until
    stood = until - since if complaint.urgent else policy.calendar().working_time(since, until)
    return stood // MINUTE * MINUTE


def _later(complaint: Complaint, policy: Policy, at: datetime, span: timedelta) -> datetime:
    return at + span if complaint.urgent else policy.calendar().add_working_time(at, span)


def asked_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime | None:
    """Until when the clock would be paused for a question asked now: another question gives no more time."""
    standing = complaint.deadlines.ask_until if complaint.state == WAITING else None
    return standing or pause_until(complaint, policy, now)
