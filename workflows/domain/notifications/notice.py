"""A notice: one mail owed to one recipient, from queued to sent, and when it is tried again. A transition also
makes notices to the followers of its complaint.
"""

from __future__ import annotations
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeGuard

from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import CITIZEN, FOLLOWERS, NoticeRequest, TimelineEvent, Transition
from workflows.domain.deadlines.policy import MailRetries
from workflows.domain.documents import Record, read_record, stored_as, with_schema, write_record
from workflows.domain.notifications.kinds import (
    BUNDLES,
    FOLLOWER_EVENTS,
    FOLLOWER_NEWS,
    LISTS,
    Bundle,
    find_kind,
    is_not_holder,
)
from workflows.frozen import frozen

Extra = Mapping[str, Any]


class Details(Protocol):
    """A record that is stored in `extra`."""

    KEYS: ClassVar[tuple[str, ...]]

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        ...


def merged(extra: Extra, details: Details) -> dict[str, Any]:
    """The whole `extra` with that record's keys replaced."""
    return {name: value for name, value in extra.items() if name not in details.KEYS} | details.to_document()


@frozen
class DeliveryState:
    """How the sending goes; nothing of what the notice says.

    desk_told: the desk has heard that it does not arrive. fallback: it goes to the mailbox behind the
    department's own. tries_from, tries_before: when its tries last began, and how many there were before;
    only ever stored together.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("desk_told", "fallback", "tries_from", "tries_before")

    desk_told: bool = False
    fallback: bool = False
    tries_from: datetime | None = None
    tries_before: int = 0

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        told: dict[str, Any] = {"desk_told": True} if self.desk_told else {}
        behind = {"fallback": True} if self.fallback else {}
        begun = {"tries_from": self.tries_from, "tries_before": self.tries_before} if self.tries_from else {}
        return begun | told | behind


def delivery_from(extra: Extra) -> DeliveryState:
    """The inverse of DeliveryState.to_document."""
    return DeliveryState(**{name: extra[name] for name in DeliveryState.KEYS if name in extra})


@frozen
class PhoneNews:
    """One piece of news of a phone task: the notice that it stands for. more: keys of another release."""

    template: str
    sequence: int
    about: str
    at: datetime
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_document(self) -> dict[str, Any]:
        """As it is stored in the task's list."""
        own = {"template": self.template, "sequence": self.sequence, "about": self.about, "at": self.at}
        return own | dict(self.more)


def _news_from(document: Mapping[str, Any]) -> PhoneNews:
    own = ("template", "sequence", "about", "at")
    more = {name: value for name, value in document.items() if name not in own}
    return PhoneNews(document["template"], document["sequence"], document["about"], document["at"], more)


@frozen
class PhoneTask:
    """What an operator has to tell one citizen.

    told: so many of the news the citizen has. missed: how often nobody answered; tried_at: the last time.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("news", "told", "missed", "tried_at")

    news: tuple[PhoneNews, ...]
    told: int = 0
    missed: int = 0
    tried_at: datetime | None = None

    @property
    def pending(self) -> Sequence[PhoneNews]:
        """What the citizen has not been told, oldest first."""
        return self.news[self.told :]

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        news = [news.to_document() for news in self.news]
        return {"news": news, "told": self.told, "missed": self.missed, "tried_at": self.tried_at}


def phone_task_from(extra: Extra) -> PhoneTask | None:
    """The inverse of PhoneTask.to_document; None for a notice that is no task."""
    if "news" not in extra:
        return None
    news = tuple(_news_from(document) for document in extra["news"])
    return PhoneTask(news, extra["told"], extra["missed"], extra["tried_at"])


@frozen
class FollowerProgress:
    """How far a notice to followers has come. after: the last follower written to, as (received_at, ticket).
    heir: whom the followers of an ended complaint follow now.
    """

    KEYS: ClassVar[tuple[str, ...]] = ("place", "heir")

    after: tuple[datetime, str] | None = None
    heir: str = ""

    def to_document(self) -> dict[str, Any]:
        """Its keys as they are stored."""
        place = {"received_at": self.after[0], "ticket": self.after[1]} if self.after else None
        return ({"place": place} if place else {}) | ({"heir": self.heir} if self.heir else {})


def follower_progress_from(extra: Extra) -> FollowerProgress:
    """The inverse of FollowerProgress.to_document."""
    place = extra.get("place")
    return FollowerProgress((place["received_at"], place["ticket"]) if place else None, extra.get("heir", ""))


class NoticeState(StrEnum):
    """Where a notice stands, as it is stored.

    DROPPED: obsolete before it went out, so there was nothing to tell. BUNDLED: one of many; the list or
    phone task named in `bundle` tells of it. PHONE_PENDING: a phone task on the board. PHONED: told by an
    operator, which is as good as sent. PHONE_FAILED: tried as often as the policy says.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    DROPPED = "dropped"
    BUNDLED = "bundled"
    PHONE_PENDING = "to_tell"
    PHONED = "told"
    PHONE_FAILED = "unreached"


class NotSent(StrEnum):
    """What a sender reports in a state's place.

    NOTHING_TO_DO: it is done, or another sender has it. PUT_BACK: the notices of a lost list go out singly.
    """

    NOTHING_TO_DO = "nothing to do"
    PUT_BACK = "put back"


PENDING = (NoticeState.QUEUED, NoticeState.SENDING)
LOST = (NoticeState.FAILED, NoticeState.BOUNCED)


@frozen
class Notice(Record):
    """One notice to one recipient; without address (except ADDRESS_CHANGED) and name, which are looked up when it
    is sent. `about`: the complaint it is about if that is not the recipient's own; `sequence` is then its event.
    `line`: the keyed hash of its address while it is rate-limited (workflows/mail/rate_limit). `lost_at`: when it
    last failed or bounced for good. `extra`: as stored; read by the records of notifications/notice.
    """

    id: str
    ticket: str
    sequence: int
    template: str
    role: str
    to: str = ""
    assignment_no: int = stored_as("generation", 0)
    urgent: bool = False
    state: str = NoticeState.QUEUED
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
        """Number of tries since they last began; `attempts` is never reset."""
        return self.attempts - self.delivery.tries_before

    @property
    def delivery(self) -> DeliveryState:
        """How the sending goes."""
        return delivery_from(self.extra)

    @property
    def phone_task(self) -> PhoneTask | None:
        """What there is to tell by phone; None where it is no task."""
        return phone_task_from(self.extra)

    @property
    def is_by_phone(self) -> bool:
        """Whether its recipient has no mailbox."""
        return bool(self.extra.get("by_phone"))

    @property
    def is_single(self) -> bool:
        """Whether it is never bundled: its list was lost."""
        return bool(self.extra.get("single"))

    def extra_with(self, details: Details, **flags: bool) -> dict[str, Any]:
        """Its `extra` with that record in it, and further flags (`by_phone`, `single`)."""
        return merged(self.extra, details) | flags

    def to_document(self) -> dict[str, Any]:
        """As it is stored; a finished notice has no alarm."""
        return with_schema(write_record(self, leave_out=_NOT_STORED, if_set=_IF_SET))


_NOT_STORED = ("id",)
_IF_SET = ("next_try_at", "bundle", "about", "line", "lost_at")


def notice_id(ticket: str, sequence: int, template: str, role: str) -> str:
    """The identity of a notice: the same event never writes to the same recipient twice."""
    return f"{ticket}.{sequence}.{template}.{role}"


def notice_from(id: str, document: Mapping[str, Any]) -> Notice:
    """The inverse of Notice.to_document."""
    return read_record(Notice, document, id=id)


def queued(request: NoticeRequest, complaint: Complaint, now: datetime) -> Notice:
    """The notice for a request of a transition that resulted in this complaint."""
    return Notice(
        id=notice_id(complaint.ticket, complaint.sequence, request.template, request.role),
        ticket=complaint.ticket,
        sequence=complaint.sequence,
        template=request.template,
        role=request.role,
        to=request.to,
        assignment_no=complaint.assignment_no,
        urgent=complaint.urgent,
        created_at=now,
        next_try_at=request.not_before or now,
        extra=by_phone(request.role, complaint),
    )


def office_notice(
    id: str, template: str, role: str, to: str, now: datetime, *, due: datetime | None = None, **extra: Any
) -> Notice:
    """A notice to an office that belongs to no complaint. `due`: first attempt, default now."""
    return Notice(id, "", 0, template, role, to, created_at=now, next_try_at=due or now, extra=extra)


def by_phone(role: str, complaint: Complaint) -> dict[str, Any]:
    """The flags in `extra` for a recipient without a mailbox."""
    return {"by_phone": True} if role == CITIZEN and complaint.reach.phone_only else {}


def is_obsolete(notice: Notice, complaint: Complaint) -> bool:
    """Whether there is nothing to tell any more, by the rule of the notice's kind."""
    kind = find_kind(notice.template)
    if kind and kind.obsolete_when:
        return kind.obsolete_when(notice, complaint)
    if complaint.state in (State.WITHDRAWN, State.MERGED) and notice.role != CITIZEN:
        return kind is None or complaint.state not in kind.outlives
    return is_not_holder(notice, complaint)


def still_leased(document: Mapping[str, Any] | None, claimed: Notice) -> TypeGuard[Mapping[str, Any]]:
    """Whether a claim is still valid: nobody has taken the notice over since, or finished it."""
    return (
        document is not None and document["state"] == NoticeState.SENDING and document["attempts"] == claimed.attempts
    )


def reset_retries(notice: Notice, now: datetime, *, fallback: bool = False, **flags: bool) -> dict[str, Any]:
    """The fields of a notice whose tries begin again: due at once, with all its retries, the desk not notified."""
    begun = DeliveryState(fallback=fallback, tries_from=now, tries_before=notice.attempts)
    return {"state": NoticeState.QUEUED, "next_try_at": now, "extra": notice.extra_with(begun, **flags)}


def next_try(notice: Notice, now: datetime, retries: MailRetries) -> datetime | None:
    """When to try again after one more failure; None when it is given up."""
    since = notice.delivery.tries_from or notice.created_at or now
    if now - since >= retries.give_up_after:
        return None
    return now + retries.pause_after(notice.tries)


def bundle_of(letter: Notice) -> Bundle | None:
    """The list that such a notice can be on."""
    bundle = BUNDLES.get(letter.template)
    return bundle if bundle and bundle.role == letter.role else None


def is_list(notice: Notice) -> bool:
    """Whether a notice is a list: when it is lost, its notices have told nobody."""
    return notice.template in LISTS


def is_still_listed(listed: Notice, letter: Notice, case: Complaint, now: datetime) -> bool:
    """Whether a list still includes a notice's complaint: its office has it, and it is as late as
    the list says.
    """
    if case.state not in WITH_DEPARTMENT or is_obsolete(letter, case):
        return False
    late = LISTS[listed.template].late
    return late is None or (case.state != State.WAITING and late == _is_late(case, now))


def _is_late(case: Complaint, now: datetime) -> bool:
    return case.deadlines.answer_by is not None and case.deadlines.answer_by <= now


_SPOKEN_APART = frozenset({"asked", "contact_shown", "replied"})
"""Events after which an officer may know more of the citizen than the complaint says, and may write it down."""


def add_follower_notices(change: Transition) -> tuple[NoticeRequest, ...]:
    """The notices of a transition, and one to all followers if there are any and it is news to them."""
    news = _news(change) if change.complaint.followed else None
    return (*change.notices, news) if news else change.notices


def _news(change: Transition) -> NoticeRequest | None:
    for entry in reversed(change.entries):
        if entry.event in FOLLOWER_EVENTS and not entry.facts.get("questionnaire"):  # they have heard that it is closed
            return NoticeRequest(FOLLOWER_EVENTS[entry.event], FOLLOWERS)
    told = (letter for letter in change.notices if letter.role == CITIZEN and letter.template in FOLLOWER_NEWS)
    return next((replace(letter, role=FOLLOWERS) for letter in told), None)


def follower_notice(follower: Complaint, news: Notice, now: datetime) -> Notice | None:
    """A follower's own notice about its parent; the same news has the same id. None if the follower cannot be
    reached, or joined later: their page shows the past.
    """
    if not follower.has_contact_channel or follower.quarantine or _joined_after(follower, news):
        return None
    template = f"{news.template}_{parent_code(news.ticket)}"
    return Notice(
        id=notice_id(follower.ticket, news.sequence, template, CITIZEN),
        ticket=follower.ticket,
        sequence=news.sequence,
        template=news.template,
        role=CITIZEN,
        about=news.ticket,
        assignment_no=news.assignment_no,
        urgent=news.urgent,
        created_at=now,
        next_try_at=now,
        extra=by_phone(CITIZEN, follower),
    )


def _joined_after(follower: Complaint, news: Notice) -> bool:
    joined, told = follower.erasure.ended_at, news.created_at
    return joined is not None and told is not None and joined > told


def parent_code(ticket: str) -> str:
    """Eight letters that identify the parent in a follower notice's id, short enough for a mail address."""
    digest = hashlib.blake2b(ticket.encode(), digest_size=8).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest)


def as_seen_by(follower: Complaint, parent: Complaint) -> Complaint:
    """The case as its follower may see it: where it is not public only how it stands, and no word of anybody."""
    from workflows.domain.access import Audience, seen_by
    from workflows.domain.privacy.redaction import mask_identifiers

    seen = parent.evolve(lang=follower.lang, restricted=parent.restricted or follower.restricted)
    return seen_by(seen.evolve(reason=mask_identifiers(seen.reason)), Audience.FOLLOWER)


def words_to_followers(entry: TimelineEvent, timeline: Sequence[TimelineEvent]) -> str:
    """What an office said to everybody in a line of a public case's timeline, masked; often nothing.

    Neither the citizen's words nor what was asked of them; and none since an office has spoken with its citizen,
    or seen how to: no mask finds a name. Of a timeline whose beginning is missing nothing is told.
    """
    from workflows.domain.privacy.redaction import mask_identifiers

    if entry.by == CITIZEN or speaks_apart(timeline, entry.sequence):
        return ""
    return mask_identifiers(entry.text)


def speaks_apart(timeline: Sequence[TimelineEvent], until: int | None = None) -> bool:
    """Whether what an office writes in that line, or from now on, may name the case's citizen."""
    if timeline and timeline[0].sequence > 1:
        return True
    seen = (entry for entry in timeline if until is None or entry.sequence <= until)
    return any(entry.event in _SPOKEN_APART for entry in seen)
