"""What happens to a notice on its way: delivered, bounced, rate-limited, or turned into a phone task."""

from __future__ import annotations
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    LAKSA,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.policy import Policy
from workflows.domain.directory import Directory
from workflows.domain.documents import Record, read_record, write_record
from workflows.domain.notifications.kinds import ANSWER_NOTICES, NoticeName, find_kind
from workflows.domain.notifications.notice import Notice, reset_retries
from workflows.domain.notifications.phone_tasks import may_be_told_by_desk
from workflows.frozen import frozen

PAGE = "page"


def mark_delivered(
    complaint: Complaint, sequence: int, policy: Policy, now: datetime, by: str = NoticeName.ANSWER
) -> Transition | None:
    """The citizen has the answer of that timeline event, or an earlier one: only now the time to object begins.
    `by`: one of ANSWER_NOTICES, or PAGE.
    """
    if complaint.state != State.ANSWERED or complaint.answer.reached_at or sequence < complaint.answer.answer_sequence:
        return None
    until = policy.calendar().add_working_days(now, policy.confirm_days)
    entry = TimelineEvent(
        EventName.REACHED, LAKSA, facts={"answer": complaint.answer.answer_sequence, "by": by}, hidden=True
    )
    return transition(complaint, now, entry, reached_at=now, reached_by=by, confirm_by=until)


def brings_answer(notice: Notice) -> bool:
    """Whether the reader of that notice has the answer to their own complaint."""
    return notice.template in ANSWER_NOTICES and not notice.about


def mark_accepted(complaint: Complaint, notice: Notice, policy: Policy, now: datetime) -> Transition | None:
    """A mail server has accepted a citizen's mail. After a bounce of that mailbox this proves nothing."""
    if complaint.reach.mail_comes_back or not brings_answer(notice):
        return None
    return mark_delivered(complaint, notice.sequence, policy, now, notice.template)


def mark_replied(complaint: Complaint, notice: Notice, policy: Policy, now: datetime) -> Transition | None:
    """The citizen replied by mail: somebody reads that mailbox, and has read the notice."""
    alive = complaint.evolve(mail_comes_back=False)
    if told := mark_accepted(alive, notice, policy, now):
        return told
    return Transition(alive) if complaint.reach.mail_comes_back else None


def mark_page_opened(complaint: Complaint, policy: Policy, now: datetime) -> Transition | None:
    """The citizen has opened the page: a later bounce does not undo it."""
    if complaint.state != State.ANSWERED or complaint.answer.reached_by == PAGE:
        return None
    if complaint.answer.reached_at:
        return Transition(complaint.evolve(reached_by=PAGE))
    return mark_delivered(complaint, complaint.answer.answer_sequence, policy, now, PAGE)


def record_mail_failure(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Transition:
    """An office's mail does not arrive: the timeline says so and the desk must find another way. The desk is not
    told about complaints hidden from it.
    """
    hidden = notice.role == CITIZEN
    facts = {"to": notice.to, "template": notice.template, "role": notice.role, "cause": cause}
    opd = notice.to
    if notice.role == UNIT:  # a unit has no case: its department does
        opd, facts = complaint.opd or "", facts | {"unit": notice.to}
    entry = TimelineEvent(EventName.MAIL_FAILED, LAKSA, opd=opd, facts=facts, hidden=hidden)
    if notice.role == DESK or not complaint.desk_may_read:
        return transition(complaint, now, entry)
    return transition(complaint, now, entry, NoticeRequest(NoticeName.MAIL_FAILED, DESK, "DESK"))


def mark_bounced(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Transition:
    """A sent mail bounced: as record_mail_failure, and an answer in it has not reached the citizen."""
    change = record_mail_failure(_marked(complaint, notice, cause), notice, cause, now)
    unheard = complaint.state == State.ANSWERED and not notice.about and _reached_by(complaint, notice)
    if not unheard:
        return change
    return replace(change, complaint=change.complaint.evolve(reached_at=None, reached_by=""))


def _marked(complaint: Complaint, notice: Notice, cause: str) -> Complaint:
    dead = notice.role == CITIZEN and is_dead_mailbox(cause)
    return complaint.evolve(mail_comes_back=True) if dead else complaint


def _reached_by(complaint: Complaint, notice: Notice) -> bool:
    """Whether only this notice brought the current answer to the citizen."""
    by = complaint.answer.reached_by or NoticeName.ANSWER
    return notice.template == by and notice.sequence >= complaint.answer.answer_sequence


def has_fallback(notice: Notice, directory: Directory) -> bool:
    """Whether a notice to a department can still go to its fallback mailbox."""
    office = directory.get(notice.to)
    kind = find_kind(notice.template)
    own = kind is not None and kind.own_mailbox_only
    untried = notice.role == DEPARTMENT and not own and not notice.delivery.fallback
    return untried and office is not None and bool(office.fallback_mailbox)


_CODE = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_OF_THE_MAILBOX = re.compile(r"5\.(?:1\.(?!7$|8$)\d{1,2}|2\.1)")
"""No such address, or closed; 5.1.7 and 5.1.8 speak of the sender, 5.2.2 of a full mailbox, 5.7 of a block."""
_NO_READER = re.compile(
    r"user unknown|unknown user|no such (?:user|recipient|mailbox|address)|invalid (?:recipient|mailbox)"
    r"|(?:user|mailbox|address) (?:does not exist|doesn't exist|not found)|mailbox (?:disabled|inactive)",
    re.IGNORECASE,
)
"""What servers write that give no such code."""


def is_dead_mailbox(cause: str) -> bool:
    """Whether a bounce's cause (without addresses) means that the mailbox is dead; False in doubt."""
    codes = _CODE.findall(cause)
    if codes:
        return any(_OF_THE_MAILBOX.fullmatch(code) for code in codes)
    return _NO_READER.search(cause) is not None


_SENDER_BLOCKED = re.compile(r"\b5\.7\.\d")
"""Said of us, not of the mailbox: it strikes every reader there at once, and passes."""


def desk_shall_phone(complaint: Complaint, notice: Notice, phone: str, cause: str) -> bool:
    """Whether the desk phones instead of a mail that a citizen's mailbox refuses."""
    blocked = _SENDER_BLOCKED.search(cause) is not None
    return notice.role == CITIZEN and bool(phone) and not blocked and may_be_told_by_desk(_by_phone(complaint))


def mark_bounced_to_phone(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Transition:
    """As a bounce; the desk gets no notice of it, since it gets the phone task."""
    change = mark_bounced(complaint, notice, cause, now)
    return replace(change, complaint=_by_phone(change.complaint), notices=())


def letter_becomes_task(notice: Notice, cause: str, now: datetime) -> dict[str, Any]:
    """The fields of a notice that becomes a phone task: due at once, as its first item."""
    return reset_retries(notice, now, by_phone=True) | {"last_error": cause}


def _by_phone(complaint: Complaint) -> Complaint:
    return complaint.evolve(has_email=False, phone_only=True)


DAY = timedelta(days=1)
MAX_KNOWN = 200
"""The most notices that are remembered, to recognise their links when opened."""


@frozen
class AdmittedMail(Record):
    """A mail that was admitted to an address: its notice's id, and when."""

    id: str
    at: datetime


@frozen
class Address(Record):
    """What is known of one citizen's address: the admitted notices, oldest first, and whether it is read. `waits`:
    notices to it wait, or did.
    """

    letters: tuple[AdmittedMail, ...] = ()
    opened_at: datetime | None = None
    waits: bool = False

    def to_document(self) -> dict[str, Any]:
        """As it is stored."""
        return write_record(self)

    def admits(self, letter: str) -> bool:
        """Whether a notice goes out whatever the count: the address is read, or the notice was admitted or tried
        before.
        """
        return self.opened_at is not None or any(each.id == letter for each in self.letters)

    def free_at(self, per_day: int, now: datetime) -> datetime:
        """From when one more mail may be sent."""
        lately = [each.at for each in self.letters if each.at > now - DAY]
        return now if len(lately) < per_day else lately[-per_day] + DAY

    def with_letter(self, letter: str, now: datetime) -> Address:
        """The address after one more admitted notice."""
        return replace(self, letters=(*self.letters, AdmittedMail(letter, now))[-MAX_KNOWN:])

    def letters_of(self, ticket: str) -> list[str]:
        """The notices with that complaint's link."""
        return [each.id for each in self.letters if each.id.startswith(f"{ticket}.")]


def address_from(document: Mapping[str, Any] | None) -> Address:
    """The inverse of Address.to_document; an unknown address for None."""
    return read_record(Address, document or {})
