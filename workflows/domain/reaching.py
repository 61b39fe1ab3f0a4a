"""What it means for a complaint that a letter arrived, or did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.domain.change import CITIZEN, DEPARTMENT, DESK, LAKSA, UNIT, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import ANSWERED, Complaint
from workflows.domain.department import Directory
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
    opd = notice.to
    if notice.role == UNIT:  # a unit has no case: its department does
        opd, facts = complaint.opd or "", facts | {"unit": notice.to}
    entry = Entry("mail_failed", LAKSA, opd=opd, facts=facts, hidden=hidden)
    if notice.role == DESK:
        return changed(complaint, now, entry)
    return changed(complaint, now, entry, NoticeRequest("mail_failed", DESK, "DESK"))


def bounced(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Change | None:
    """A letter that a server had taken came back: as mail_failed, and an answer has not reached the citizen."""
    change = mail_failed(complaint, notice, cause, now)
    unheard = notice.template == "answer" and complaint.answer_sequence == notice.sequence and not notice.about
    if change is None or not unheard or complaint.state != ANSWERED:
        return change
    return replace(change, complaint=replace(change.complaint, reached_at=None))


def has_fallback(notice: Notice, directory: Directory) -> bool:
    """Whether a letter to a department can still go to the mailbox behind its own."""
    office = directory.get(notice.to)
    untried = notice.role == DEPARTMENT and not notice.extra.get("fallback")
    return untried and office is not None and bool(office.fallback_mailbox)
