"""One question, once, weeks after a case was closed: is it really solved? “No” is an objection like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from workflows.domain.complaint.model import CLOSED, Complaint
from workflows.domain.complaint.transition import (
    CITIZEN,
    LAKSA,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.policy import Policy
from workflows.domain.privacy.retention import CONTACT, WHOLE

ASKED, SOLVED, NOT_SOLVED = "asked", "solved", "not_solved"
"""What has become of the question; empty while it was never put."""


def with_question_due(complaint: Complaint, policy: Policy) -> Complaint:
    """With the alarm of the question; none for what is not closed, was asked, or has lost who wrote it."""
    erased = complaint.erased.keys() & {CONTACT, WHOLE}
    ended = None if complaint.questionnaire or erased or complaint.state != CLOSED else complaint.ended_at
    due = ended + timedelta(days=policy.questionnaire_days) if ended else None
    return replace(complaint, questionnaire_at=due)


def ask_whether_solved(complaint: Complaint, now: datetime) -> Transition | None:
    """Put the question when it is due: by mail where there is an address, and on the page in any case.

    Not to somebody who is to be forgotten by now, after Laksa has stood still: the letter would outlive them.
    """
    if complaint.state != CLOSED or not complaint.questionnaire_at or complaint.questionnaire_at > now:
        return None
    if complaint.erase_at and complaint.erase_at <= now:
        return None
    entry = TimelineEvent(EventName.QUESTIONNAIRE, LAKSA, hidden=True)
    letter = NoticeRequest("questionnaire", CITIZEN)
    return transition(complaint, now, entry, letter, questionnaire=ASKED, questionnaire_at=None)


def is_asking(complaint: Complaint) -> bool:
    """Whether the question waits for its answer."""
    return complaint.state == CLOSED and complaint.questionnaire == ASKED


def answered(complaint: Complaint, answer: str) -> Complaint:
    """The same case, with the answer where the question was put; nothing asks again."""
    return replace(complaint, questionnaire=answer) if is_asking(complaint) else complaint
