"""One question, once, weeks after a case was closed: is it really solved? “No” is an objection like any other."""

from __future__ import annotations

from datetime import datetime

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

ASKED, SOLVED, NOT_SOLVED = "asked", "solved", "not_solved"
"""The state of the survey; '' while it was never asked."""


def ask_whether_solved(complaint: Complaint, now: datetime) -> Transition | None:
    """Ask when it is due: by mail if there is an address, and on the page in any case. Not if the reporter is due
    to be erased, after an outage of Laksa: the mail would outlive the erasure.
    """
    if (
        complaint.state != CLOSED
        or not complaint.answer.questionnaire_at
        or complaint.answer.questionnaire_at > now
    ):
        return None
    if complaint.erasure.erase_at and complaint.erasure.erase_at <= now:
        return None
    entry = TimelineEvent(EventName.QUESTIONNAIRE, LAKSA, hidden=True)
    letter = NoticeRequest("questionnaire", CITIZEN)
    return transition(complaint, now, entry, letter, questionnaire=ASKED, questionnaire_at=None)


def is_asking(complaint: Complaint) -> bool:
    """Whether the question waits for its answer."""
    return complaint.state == CLOSED and complaint.answer.questionnaire == ASKED


def answered(complaint: Complaint, answer: str) -> Complaint:
    """The complaint with the answer, if it was asked; it is not asked again."""
    return complaint.evolve(questionnaire=answer) if is_asking(complaint) else complaint
