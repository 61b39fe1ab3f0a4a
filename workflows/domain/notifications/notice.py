"""A notice: one mail owed to one recipient, from queued to sent, and when it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeGuard

from workflows.domain.change import CITIZEN, DEPARTMENT, DESK, HEAD, UNIT, NoticeRequest
from workflows.domain.complaint import ANSWERED, MERGED, WAITING, WITH_DEPARTMENT, WITHDRAWN, Complaint
from workflows.domain.policy import MailRetries
from workflows.domain.questionnaire import is_asking

QUEUED = "queued"
SENDING = "sending"
SENT = "sent"
FAILED = "failed"
BOUNCED = "bounced"
DROPPED = "dropped"
"""dropped: overtaken before it went out (the case has changed hands), so there was nothing to tell."""
BUNDLED = "bundled"
"""bundled: one of many of its kind at once; the list named in `bundle` tells of it."""

TO_TELL = "to_tell"
"""to_tell: an operator's task on the board, to tell a citizen who left only a phone number (phone_tasks)."""
TOLD = "told"
UNREACHED = "unreached"
"""told: by the operator, which is as good as sent. unreached: tried as often as the policy says."""

NOTHING_TO_DO = "nothing to do"
"""In a state's place: of a letter that is done, or that somebody else has in hand."""

LETTERS = ("answer", "confirm_reminder")
"""Those by which the citizen of an answered case has the answer."""
LOST_LINK = "lost_link"
ADDRESS_CHANGED = "address_changed"
"""To the old address of a department: the only letter that keeps where it goes."""
PENDING = (QUEUED, SENDING)
LOST = (FAILED, BOUNCED)

OF_THE_TRIES = ("desk_told", "fallback", "tries_from", "tries_before")
"""What `extra` knows of how the sending goes, and nothing of what the letter says."""


@dataclass(frozen=True)
class Notice:
    """One letter to one recipient; holds no address (but ADDRESS_CHANGED) and no name: looked up when it is sent.

    about: the case that it tells of where that is not the recipient's own, and whose `sequence` it names.
    line: the keyed hash of its address while it waits in line there (workflows/mail/mail_limit).
    lost_at: when it failed or came back for good, the last time that it did.
    """

    id: str
    ticket: str
    sequence: int
    template: str
    role: str
    to: str = ""
    generation: int = 0
    urgent: bool = False
    state: str = QUEUED
    attempts: int = 0
    created_at: datetime | None = None
    next_try_at: datetime | None = None
    sent_at: datetime | None = None
    lost_at: datetime | None = None
    server_id: str = ""
    last_error: str = ""
    bundle: str = ""
    about: str = ""
    line: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def tries(self) -> int:
        """How often it has been tried since its tries last began; `attempts` only ever grows."""
        return self.attempts - int(self.extra.get("tries_before", 0))

    def to_document(self) -> dict[str, Any]:
        """As it is stored; a finished notice has no alarm."""
        document = asdict(self)
        del document["id"]
        if self.next_try_at is None:
            del document["next_try_at"]
        for name in ("bundle", "about", "line", "lost_at"):
            if not document[name]:
                del document[name]
        return document


def notice_id(ticket: str, sequence: int, template: str, role: str) -> str:
    """The identity of a letter: the same event never writes to the same recipient twice."""
    return f"{ticket}.{sequence}.{template}.{role}"


def notice_from(id: str, document: Mapping[str, Any]) -> Notice:
    """The inverse of Notice.to_document."""
    return Notice(id=id, **document)


def queued(request: NoticeRequest, complaint: Complaint, now: datetime) -> Notice:
    """A letter asked for by a change that left the complaint as given."""
    return Notice(
        id=notice_id(complaint.ticket, complaint.sequence, request.template, request.role),
        ticket=complaint.ticket,
        sequence=complaint.sequence,
        template=request.template,
        role=request.role,
        to=request.to,
        generation=complaint.generation,
        urgent=complaint.urgent,
        created_at=now,
        next_try_at=request.not_before or now,
        extra=by_phone(request.role, complaint),
    )


def office_notice(
    id: str, template: str, role: str, to: str, now: datetime, *, due: datetime | None = None, **extra: Any
) -> Notice:
    """A letter of its own, in nobody's case, to an office; due: where not at once."""
    return Notice(id, "", 0, template, role, to, created_at=now, next_try_at=due or now, extra=extra)


def by_phone(role: str, complaint: Complaint) -> dict[str, Any]:
    """What `extra` knows of a letter whose reader has no mailbox."""
    return {"by_phone": True} if role == CITIZEN and complaint.by_phone else {}


_LAST_WORDS = {
    WITHDRAWN: ("withdrawn",),
    MERGED: ("merged_office", "mail_failed", "link_renewed"),
}
"""What offices still hear of a case on which nobody works any more."""


def is_obsolete(notice: Notice, complaint: Complaint) -> bool:
    """A letter about a department that no longer has the case, or about an answer that no longer stands."""
    if notice.template == "answer":
        return complaint.state != ANSWERED or notice.sequence != complaint.answer_sequence
    if notice.template == "assigned":
        return notice.generation != complaint.generation
    if notice.template == "data_request":
        return notice.generation != complaint.generation  # also of a case on which nobody works any more
    if notice.template == "reply_late":
        return False  # it says that the case has moved on
    if notice.template == "questionnaire":
        return not is_asking(complaint)
    if notice.template == "confirm_reminder":
        return notice.sequence < complaint.answer_sequence
    if notice.template in ("call_now", "call_late"):
        return complaint.call_by is None or notice.generation != complaint.generation
    if complaint.state in _LAST_WORDS and notice.role != CITIZEN:
        return notice.template not in _LAST_WORDS[complaint.state]
    if notice.role == DESK:
        return False
    if notice.role == UNIT:
        return complaint.assignment is None or complaint.assignment.unit != notice.to
    return notice.role in (DEPARTMENT, HEAD) and notice.generation != complaint.generation


def still_leased(document: Mapping[str, Any] | None, claimed: Notice) -> TypeGuard[Mapping[str, Any]]:
    """Whether a claim still stands: nobody has taken the letter over since, or settled it."""
    return document is not None and document["state"] == SENDING and document["attempts"] == claimed.attempts


def reset_retries(notice: Notice, now: datetime, **extra: Any) -> dict[str, Any]:
    """What changes on a letter whose tries begin again: due at once, as long as a new one, the desk not told."""
    kept = {name: value for name, value in notice.extra.items() if name not in OF_THE_TRIES}
    begun = {"tries_from": now, "tries_before": notice.attempts}
    return {"state": QUEUED, "next_try_at": now, "extra": {**kept, **begun, **extra}}


def next_try(notice: Notice, now: datetime, retries: MailRetries) -> datetime | None:
    """When to try again after one more failure; None when it has been tried long enough."""
    since: datetime = notice.extra.get("tries_from") or notice.created_at or now
    if now - since >= retries.give_up_after:
        return None
    return now + retries.pause_after(notice.tries)


@dataclass(frozen=True)
class Bundle:
    """A list in the place of many letters, to the one role that they are written to.

    mark: what ends the id of such a list: one capital, which a mail address just has room for.
    late: whether its cases are past their deadline; None where that does not matter.
    """

    template: str
    role: str
    mark: str
    late: bool | None = None


BUNDLES: Mapping[str, Bundle] = MappingProxyType(
    {
        "new_case": Bundle("new_cases", DEPARTMENT, ""),
        "reminder": Bundle("reminders", DEPARTMENT, "R", late=False),
        "overdue": Bundle("overdues", DEPARTMENT, "O", late=True),
        "also_head": Bundle("also_heads", DEPARTMENT, "A", late=True),
        "head_case": Bundle("head_cases", HEAD, "H", late=True),
    }
)
"""The letter's template → its list. A letter that is not here always goes out by itself."""

_LISTS = {bundle.template: bundle for bundle in BUNDLES.values()}


def bundle_of(letter: Notice) -> Bundle | None:
    """The list that such a letter can stand on."""
    bundle = BUNDLES.get(letter.template)
    return bundle if bundle and bundle.role == letter.role else None


def is_list(notice: Notice) -> bool:
    """Whether a letter is a list: when it is lost, those that it stands for have told nobody."""
    return notice.template in _LISTS


def is_still_listed(listed: Notice, letter: Notice, case: Complaint, now: datetime) -> bool:
    """Whether a list still tells of a letter's case: its office has it, and it is as late as the list says."""
    if case.state not in WITH_DEPARTMENT or is_obsolete(letter, case):
        return False
    late = _LISTS[listed.template].late
    return late is None or (case.state != WAITING and late == _is_late(case, now))


def _is_late(case: Complaint, now: datetime) -> bool:
    return case.answer_by is not None and case.answer_by <= now
