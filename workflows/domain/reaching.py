"""What it means for a complaint that a letter arrived, or did not."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.change import CITIZEN, DESK, LAKSA, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import ANSWERED, Complaint
from workflows.domain.notice import Notice
from workflows.domain.policy import Policy


def reached(complaint: Complaint, sequence: int, policy: Policy, now: datetime) -> Change | None:
    """The citizen has the answer of that timeline entry: only from now on does the time to object run."""
    if complaint.state != ANSWERED or complaint.reached_at or complaint.answer_sequence != sequence:
        return None
    until = policy.calendar().add_working_days(now, policy.confirm_days)
    entry = Entry("reached", LAKSA, facts={"answer": sequence}, hidden=True)
    return changed(complaint, now, entry, reached_at=now, confirm_by=until)


def mail_failed(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Change | None:
    """An office's letter does not arrive: the timeline says so and the desk must find another way."""
    hidden = notice.role == CITIZEN
    facts = {"to": notice.to, "template": notice.template, "role": notice.role, "cause": cause}
    entry = Entry("mail_failed", LAKSA, opd=notice.to, facts=facts, hidden=hidden)
    if notice.role == DESK:
        return changed(complaint, now, entry)
    return changed(complaint, now, entry, NoticeRequest("mail_failed", DESK, "DESK"))
