"""A question to the citizen, their answer, and their silence."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime

from workflows.domain.actions.engine import OfficerAct, Rules, timeline_event_of
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    LAKSA,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.policy import Policy
from workflows.domain.escalation.schedule import NO_OPEN_QUESTION, asked_until, resume_clock
from workflows.domain.notifications.kinds import NoticeName


def ask(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """Ask the citizen and pause the clock as long as this complaint may; after that it runs while they think."""
    after = complaint.with_acknowledgement(now, act.officer.strip())
    since = (complaint.deadlines.asked_at if complaint.state == State.WAITING else None) or now
    until = asked_until(complaint, rules.policy, now)
    entry = timeline_event_of(EventName.ASKED, complaint, act, until=until)
    letter = NoticeRequest(NoticeName.QUESTION, CITIZEN)
    state = State.WAITING if until else State.IN_PROGRESS
    return transition(after, now, entry, letter, state=state, asked_at=since, ask_until=until, scheduled_for=None)


def is_asked(complaint: Complaint, now: datetime) -> bool:
    """Whether what the citizen writes now answers a question, even if its department may have
    resumed meanwhile.
    """
    until = complaint.deadlines.ask_until
    open_still = complaint.deadlines.asked_at is not None and (until is None or now < until)
    return complaint.state == State.WAITING or open_still


def reply(complaint: Complaint, entry: TimelineEvent, policy: Policy, now: datetime) -> Transition:
    """The citizen's answer: the department gets it at once, and a paused clock resumes."""
    after = resume_clock(complaint, policy, now).evolve(**NO_OPEN_QUESTION)
    moved = _with_moved_date(entry, complaint, after)
    return transition(after, now, moved, NoticeRequest(NoticeName.CITIZEN_REPLIED, DEPARTMENT, complaint.opd or ""))


def silence(complaint: Complaint, policy: Policy, now: datetime) -> Transition:
    """Nobody answered in time: the department continues with what it knows."""
    after = resume_clock(complaint, policy, now).evolve(**NO_OPEN_QUESTION)
    opd = complaint.opd or ""
    entry = _with_moved_date(TimelineEvent(EventName.NO_REPLY, LAKSA, opd=opd), complaint, after)
    return transition(after, now, entry, NoticeRequest(NoticeName.NO_REPLY, DEPARTMENT, opd))


def _with_moved_date(entry: TimelineEvent, before: Complaint, after: Complaint) -> TimelineEvent:
    """The event with the moved date, so that both sides see why."""
    return replace(entry, facts={**entry.facts, "old": before.deadlines.answer_by, "new": after.deadlines.answer_by})
