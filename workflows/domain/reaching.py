"""What it means for a complaint that a letter arrived, or did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.domain.change import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    LAKSA,
    UNIT,
    Change,
    Entry,
    EventName,
    NoticeRequest,
    changed,
)
from workflows.domain.complaint import ANSWERED, Complaint
from workflows.domain.dead_mailbox import is_dead_mailbox
from workflows.domain.department import Directory
from workflows.domain.mailbox_check import MAILBOX_CHECK
from workflows.domain.notice import ADDRESS_CHANGED, Notice
from workflows.domain.policy import Policy

PAGE = "page"
LETTERS = ("answer", "confirm_reminder")
"""Those by which the citizen of an answered case has the answer."""


def reached(
    complaint: Complaint, sequence: int, policy: Policy, now: datetime, by: str = LETTERS[0]
) -> Change | None:
    """The citizen has the answer of that timeline entry, or of one before it: only from now on does the time to
    object run. by: a template of LETTERS, or PAGE.
    """
    if complaint.state != ANSWERED or complaint.reached_at or sequence < complaint.answer_sequence:
        return None
    until = policy.calendar().add_working_days(now, policy.confirm_days)
    entry = Entry(EventName.REACHED, LAKSA, facts={"answer": complaint.answer_sequence, "by": by}, hidden=True)
    return changed(complaint, now, entry, reached_at=now, reached_by=by, confirm_by=until)


def brings_answer(notice: Notice) -> bool:
    """Whether whoever reads that letter has the answer to their own report."""
    return notice.template in LETTERS and not notice.about


def taken_by_server(complaint: Complaint, notice: Notice, policy: Policy, now: datetime) -> Change | None:
    """A mail server has taken a citizen's letter. Once their mailbox has sent one back, that says nothing."""
    if complaint.mail_comes_back or not brings_answer(notice):
        return None
    return reached(complaint, notice.sequence, policy, now, notice.template)


def wrote_back(complaint: Complaint, notice: Notice, policy: Policy, now: datetime) -> Change | None:
    """A reply to a citizen's letter has come: somebody reads that mailbox, and has what the letter told."""
    alive = replace(complaint, mail_comes_back=False)
    if told := taken_by_server(alive, notice, policy, now):
        return told
    return Change(alive) if complaint.mail_comes_back else None


def opened(complaint: Complaint, policy: Policy, now: datetime) -> Change | None:
    """The citizen has opened the page: what comes back by mail afterwards does not undo it."""
    if complaint.state != ANSWERED or complaint.reached_by == PAGE:
        return None
    if complaint.reached_at:
        return Change(replace(complaint, reached_by=PAGE))
    return reached(complaint, complaint.answer_sequence, policy, now, PAGE)


def mail_failed(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Change:
    """An office's letter does not arrive: the timeline says so and the desk must find another way.

    Nothing tells the desk of a case that it may not know of.
    """
    hidden = notice.role == CITIZEN
    facts = {"to": notice.to, "template": notice.template, "role": notice.role, "cause": cause}
    opd = notice.to
    if notice.role == UNIT:  # a unit has no case: its department does
        opd, facts = complaint.opd or "", facts | {"unit": notice.to}
    entry = Entry(EventName.MAIL_FAILED, LAKSA, opd=opd, facts=facts, hidden=hidden)
    if notice.role == DESK or not complaint.desk_may_read:
        return changed(complaint, now, entry)
    return changed(complaint, now, entry, NoticeRequest("mail_failed", DESK, "DESK"))


def bounced(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Change:
    """A letter that a server had taken came back: as mail_failed, and an answer has not reached the citizen."""
    change = mail_failed(_marked(complaint, notice, cause), notice, cause, now)
    unheard = complaint.state == ANSWERED and not notice.about and _reached_by(complaint, notice)
    if not unheard:
        return change
    return replace(change, complaint=replace(change.complaint, reached_at=None, reached_by=""))


def _marked(complaint: Complaint, notice: Notice, cause: str) -> Complaint:
    dead = notice.role == CITIZEN and is_dead_mailbox(cause)
    return replace(complaint, mail_comes_back=True) if dead else complaint


def _reached_by(complaint: Complaint, notice: Notice) -> bool:
    """Whether it is this letter alone by which the citizen has the answer that stands."""
    by = complaint.reached_by or LETTERS[0]
    return notice.template == by and notice.sequence >= complaint.answer_sequence


def has_fallback(notice: Notice, directory: Directory) -> bool:
    """Whether a letter to a department can still go to the mailbox behind its own."""
    office = directory.get(notice.to)
    own = notice.template in (MAILBOX_CHECK, ADDRESS_CHANGED)
    untried = notice.role == DEPARTMENT and not own and not notice.extra.get("fallback")
    return untried and office is not None and bool(office.fallback_mailbox)
