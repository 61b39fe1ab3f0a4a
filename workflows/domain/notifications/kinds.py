"""The registry of notice kinds: to whom each goes, when it is obsolete, and what else depends on its name.

Every question "what kind of notice is this" is answered by a row of KINDS. A notice whose name has no row is not
sent: its sender raises UnknownNotice and tries again, so that a newer release can take it. The words that people
read are elsewhere: templates/emails/<name>.jinja, templates/locale, and views/desk/phone_tasks (by phone).
"""

from __future__ import annotations
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from workflows.domain.complaint.model import OPEN, WITH_DEPARTMENT, Complaint, State, is_asking
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, FOLLOWERS, HEAD, UNIT
from workflows.frozen import frozen


class NoticeName(StrEnum):
    """The name of a kind, as it is stored in `template` and stands in a notice's id."""

    ADDRESS_CHANGED = "address_changed"
    ALSO_HEAD = "also_head"
    ALSO_HEADS = "also_heads"
    ANSWER = "answer"
    ARCHIVED = "archived"
    ASSIGNED = "assigned"
    BOARD_LINK = "board_link"
    CALL_LATE = "call_late"
    CALL_NOW = "call_now"
    CITIZEN_REPLIED = "citizen_replied"
    CLOSED = "closed"
    CONFIRM_REMINDER = "confirm_reminder"
    CONTACT_SHOWN = "contact_shown"
    DAILY_TABLE = "daily_table"
    DATA_ANSWERED = "data_answered"
    DATA_ASKED = "data_asked"
    DATA_REQUEST = "data_request"
    DELEGATED = "delegated"
    DESK_DIGEST = "desk_digest"
    DIGEST = "digest"
    DISPUTE = "dispute"
    DISPUTE_HEAD = "dispute_head"
    DISPUTE_RECEIVED = "dispute_received"
    DRAFT_READY = "draft_ready"
    EXTERNAL = "external"
    FORWARDED = "forwarded"
    HEAD_CASE = "head_case"
    HEAD_CASES = "head_cases"
    HEAD_DESK = "head_desk"
    LATE = "late"
    LINK_RENEWED = "link_renewed"
    LOST_LINK = "lost_link"
    MAILBOX_CHECK = "mailbox_check"
    MAIL_FAILED = "mail_failed"
    MERGED = "merged"
    MERGED_OFFICE = "merged_office"
    NEW_CASE = "new_case"
    NEW_CASES = "new_cases"
    NO_REPLY = "no_reply"
    ORPHANED = "orphaned"
    OVERDUE = "overdue"
    OVERDUES = "overdues"
    PROGRESS = "progress"
    PROOF_DOUBT = "proof_doubt"
    QUESTION = "question"
    QUESTIONNAIRE = "questionnaire"
    RECEIPT = "receipt"
    REMINDER = "reminder"
    REMINDERS = "reminders"
    REOPENED = "reopened"
    REPLY_BY_LINK = "reply_by_link"
    REPLY_LATE = "reply_late"
    SCHEDULED = "scheduled"
    SCHEDULE_DUE = "schedule_due"
    TRIAGE = "triage"
    TRIAGE_LATE = "triage_late"
    WENT_UP = "went_up"
    WITHDRAWN = "withdrawn"


class RestrictedDetail(StrEnum):
    """All that a mail about a restricted complaint says of its kind; the template has the words."""

    NEW = "new"
    CALL = "call"
    OVERDUE = "overdue"
    REPLY = "reply"
    DATA = "data"
    OTHER = "other"


class NoticeFields(Protocol):
    """What the registry looks at in a notice."""

    @property
    def template(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def assignment_no(self) -> int: ...


ObsoleteWhen = Callable[[NoticeFields, Complaint], bool]
"""Whether there is nothing to tell any more, by the complaint as it stands now."""


@frozen
class Bundle:
    """The list that takes the place of many notices of a kind, for the one role that they are written to.

    mark: the last letter of such a list's id: one capital, which a mail address just has room for.
    late: whether its complaints are past their deadline; None where that does not matter.
    """

    template: NoticeName
    role: str
    mark: str
    late: bool | None = None


@frozen
class NoticeKind:
    """One row of the registry.

    obsolete_when: None: the common rule by the notice's role (`is_not_holder`).
    outlives: the states after the end of work in which offices still get it; only without an obsolete_when.
    true_in: the states in which its own words are true, None for all; in others a mail says that it has moved on.
    bundle: the list for many of it at once; None: it always goes out by itself.
    follower_news: followers hear of it, too. follower_events: the timeline events that are this news to followers
    though the complaint's own citizen gets another notice or none. ends_following: nothing is left to follow.
    restricted: what a restricted complaint's mail tells of it.
    brings_answer: whoever reads it has the answer, so that the time to object runs.
    asked_for: the citizen asked for it, and is told by phone whatever state the complaint is in.
    is_daily: it tells of one day, which its id names; on another day it is dropped.
    own_mailbox_only: it goes to the mailbox that it is about, never to the fallback behind it.
    keeps_address: it stores the address it goes to; all others look it up when they are sent.
    links_to_past: its link may be that of an assignment that is over.
    own_template: False: it is only ever written by `restricted_*` or `followed`.
    """

    name: NoticeName
    roles: tuple[str, ...]
    obsolete_when: ObsoleteWhen | None = None
    outlives: frozenset[str] = frozenset()
    true_in: frozenset[str] | None = None
    bundle: Bundle | None = None
    follower_news: bool = False
    follower_events: tuple[str, ...] = ()
    ends_following: bool = False
    restricted: RestrictedDetail = RestrictedDetail.OTHER
    brings_answer: bool = False
    asked_for: bool = False
    is_daily: bool = False
    own_mailbox_only: bool = False
    keeps_address: bool = False
    links_to_past: bool = False
    own_template: bool = True

    @property
    def to_citizen(self) -> bool:
        """Whether a citizen gets it, by mail or by phone."""
        return CITIZEN in self.roles


class UnknownNotice(LookupError):
    """No row for a stored notice's name; this release must not send it."""


def is_never(notice: NoticeFields, complaint: Complaint) -> bool:
    """It says itself that the complaint has moved on."""
    return False


def is_reassigned(notice: NoticeFields, complaint: Complaint) -> bool:
    """Another assignment has begun since."""
    return notice.assignment_no != complaint.assignment_no


def is_answer_gone(notice: NoticeFields, complaint: Complaint) -> bool:
    """The answer that it brings does not stand any more."""
    return complaint.state != State.ANSWERED or notice.sequence != complaint.answer.answer_sequence


def is_of_older_answer(notice: NoticeFields, complaint: Complaint) -> bool:
    """A newer answer was given since."""
    return notice.sequence < complaint.answer.answer_sequence


def is_question_settled(notice: NoticeFields, complaint: Complaint) -> bool:
    """The questionnaire waits for no answer."""
    return not is_asking(complaint)


def is_call_settled(notice: NoticeFields, complaint: Complaint) -> bool:
    """Nobody has to phone, or another assignment has begun."""
    return complaint.deadlines.call_by is None or is_reassigned(notice, complaint)


def is_not_holder(notice: NoticeFields, complaint: Complaint) -> bool:
    """The common rule: a unit, department or head does not have the complaint any more."""
    if notice.role == UNIT:
        return complaint.assignment is None or complaint.assignment.unit != notice.to
    return notice.role in (DEPARTMENT, HEAD) and is_reassigned(notice, complaint)


_DESK_STATES = frozenset({State.AT_DESK})
_CLOCK_RUNS = WITH_DEPARTMENT - {State.WAITING}
"""With a department whose clock is not paused, so that there is a date to name."""
_REOPENED = WITH_DEPARTMENT | _DESK_STATES
_TO_CITIZEN = (CITIZEN,)
_TO_FOLLOWERS_TOO = (CITIZEN, FOLLOWERS)
_TO_DEPARTMENT = (DEPARTMENT,)
_TO_OFFICE = (DEPARTMENT, UNIT)
_TO_ANY_OFFICE = (DEPARTMENT, HEAD, UNIT, DESK)
_TO_HEAD = (HEAD,)
_TO_DESK = (DESK,)
_TO_EXECUTIVES = ("sekda", "mayor", "asisten")
_N, _R = NoticeName, RestrictedDetail

_CITIZENS = (
    NoticeKind(_N.RECEIPT, _TO_CITIZEN),
    NoticeKind(_N.ASSIGNED, _TO_FOLLOWERS_TOO, is_reassigned, true_in=WITH_DEPARTMENT, follower_news=True),
    NoticeKind(_N.FORWARDED, _TO_FOLLOWERS_TOO, true_in=_CLOCK_RUNS, follower_news=True),
    NoticeKind(_N.EXTERNAL, _TO_FOLLOWERS_TOO, true_in=frozenset({State.EXTERNAL}), follower_news=True),
    NoticeKind(_N.ARCHIVED, _TO_FOLLOWERS_TOO, true_in=frozenset({State.REJECTED}), follower_news=True),
    NoticeKind(_N.SCHEDULED, _TO_FOLLOWERS_TOO, true_in=frozenset({State.SCHEDULED}), follower_news=True),
    NoticeKind(_N.PROGRESS, _TO_FOLLOWERS_TOO, true_in=WITH_DEPARTMENT, follower_news=True),
    NoticeKind(_N.LATE, _TO_FOLLOWERS_TOO, true_in=_CLOCK_RUNS, follower_news=True),
    NoticeKind(_N.WENT_UP, _TO_FOLLOWERS_TOO, true_in=OPEN, follower_news=True),
    NoticeKind(_N.ANSWER, _TO_FOLLOWERS_TOO, is_answer_gone, follower_news=True, brings_answer=True),
    NoticeKind(
        _N.CLOSED,
        _TO_FOLLOWERS_TOO,
        true_in=frozenset({State.CLOSED}),
        follower_news=True,
        follower_events=("confirmed",),
    ),
    NoticeKind(_N.REOPENED, _TO_FOLLOWERS_TOO, true_in=_REOPENED, follower_events=("disputed",), own_template=False),
    NoticeKind(
        _N.MERGED,
        _TO_FOLLOWERS_TOO,
        true_in=frozenset({State.MERGED}),
        follower_events=("merged",),
        ends_following=True,
    ),
    NoticeKind(_N.QUESTION, _TO_CITIZEN, true_in=WITH_DEPARTMENT),
    NoticeKind(_N.CONTACT_SHOWN, _TO_CITIZEN),
    NoticeKind(
        _N.CONFIRM_REMINDER, _TO_CITIZEN, is_of_older_answer, true_in=frozenset({State.ANSWERED}), brings_answer=True
    ),
    NoticeKind(_N.QUESTIONNAIRE, _TO_CITIZEN, is_question_settled, true_in=frozenset({State.CLOSED})),
    NoticeKind(_N.DISPUTE_RECEIVED, _TO_CITIZEN, true_in=_REOPENED),
    NoticeKind(_N.ORPHANED, _TO_CITIZEN, true_in=_DESK_STATES),
    NoticeKind(_N.REPLY_BY_LINK, _TO_CITIZEN),
    NoticeKind(_N.LOST_LINK, _TO_CITIZEN, asked_for=True),
    NoticeKind(_N.DATA_ASKED, _TO_CITIZEN, asked_for=True),
    NoticeKind(_N.DATA_ANSWERED, _TO_CITIZEN, asked_for=True),
)
_WITHDRAWN = NoticeKind(
    _N.WITHDRAWN,
    (FOLLOWERS, DEPARTMENT, UNIT),
    outlives=frozenset({State.WITHDRAWN}),
    follower_events=("withdrawn",),
    ends_following=True,
)
"""To the followers, and to the offices that had the complaint."""
_OFFICES = (
    NoticeKind(
        _N.NEW_CASE, _TO_DEPARTMENT, true_in=_CLOCK_RUNS, bundle=Bundle(_N.NEW_CASES, DEPARTMENT, ""), restricted=_R.NEW
    ),
    NoticeKind(_N.REMINDER, _TO_OFFICE, true_in=_CLOCK_RUNS, bundle=Bundle(_N.REMINDERS, DEPARTMENT, "R", late=False)),
    NoticeKind(
        _N.OVERDUE,
        _TO_OFFICE,
        true_in=_CLOCK_RUNS,
        bundle=Bundle(_N.OVERDUES, DEPARTMENT, "O", late=True),
        restricted=_R.OVERDUE,
    ),
    NoticeKind(
        _N.ALSO_HEAD,
        _TO_DEPARTMENT,
        true_in=_CLOCK_RUNS,
        bundle=Bundle(_N.ALSO_HEADS, DEPARTMENT, "A", late=True),
        restricted=_R.OVERDUE,
    ),
    NoticeKind(
        _N.HEAD_CASE,
        _TO_HEAD,
        true_in=_CLOCK_RUNS,
        bundle=Bundle(_N.HEAD_CASES, HEAD, "H", late=True),
        restricted=_R.OVERDUE,
    ),
    NoticeKind(_N.CITIZEN_REPLIED, _TO_DEPARTMENT, true_in=WITH_DEPARTMENT),
    NoticeKind(_N.NO_REPLY, _TO_DEPARTMENT, true_in=_CLOCK_RUNS),
    NoticeKind(_N.SCHEDULE_DUE, _TO_DEPARTMENT, true_in=_CLOCK_RUNS),
    NoticeKind(_N.DISPUTE, _TO_DEPARTMENT, true_in=_CLOCK_RUNS),
    NoticeKind(_N.DISPUTE_HEAD, _TO_HEAD, true_in=_CLOCK_RUNS),
    NoticeKind(_N.DELEGATED, (UNIT,), true_in=WITH_DEPARTMENT, restricted=_R.NEW),
    NoticeKind(_N.DRAFT_READY, _TO_ANY_OFFICE, true_in=WITH_DEPARTMENT),
    NoticeKind(_N.REPLY_LATE, _TO_ANY_OFFICE, is_never, restricted=_R.REPLY, links_to_past=True),
    NoticeKind(_N.LINK_RENEWED, _TO_ANY_OFFICE, outlives=frozenset({State.MERGED})),
    NoticeKind(_N.MERGED_OFFICE, _TO_OFFICE, outlives=frozenset({State.MERGED}), true_in=frozenset({State.MERGED})),
    NoticeKind(_N.DATA_REQUEST, _TO_DEPARTMENT, is_reassigned, restricted=_R.DATA, own_template=False),
)
_DESKS = (
    NoticeKind(_N.TRIAGE, _TO_DESK, true_in=_DESK_STATES, restricted=_R.NEW),
    NoticeKind(_N.TRIAGE_LATE, _TO_DESK, true_in=_DESK_STATES, restricted=_R.OVERDUE),
    NoticeKind(_N.HEAD_DESK, _TO_HEAD, true_in=_DESK_STATES, restricted=_R.OVERDUE),
    NoticeKind(_N.CALL_NOW, _TO_DESK, is_call_settled, true_in=frozenset({State.ASSIGNED}), restricted=_R.CALL),
    NoticeKind(_N.CALL_LATE, _TO_DESK, is_call_settled, true_in=frozenset({State.ASSIGNED}), restricted=_R.CALL),
    NoticeKind(_N.MAIL_FAILED, _TO_DESK, outlives=frozenset({State.MERGED})),
    NoticeKind(_N.PROOF_DOUBT, _TO_DESK),
)
_OF_NO_COMPLAINT = (
    NoticeKind(_N.DAILY_TABLE, _TO_EXECUTIVES, is_daily=True),
    NoticeKind(_N.DIGEST, _TO_DEPARTMENT, is_daily=True),
    NoticeKind(_N.DESK_DIGEST, _TO_DESK, is_daily=True),
    NoticeKind(_N.BOARD_LINK, _TO_DESK),
    NoticeKind(_N.MAILBOX_CHECK, _TO_DEPARTMENT, own_mailbox_only=True),
    NoticeKind(_N.ADDRESS_CHANGED, (DEPARTMENT, HEAD), own_mailbox_only=True, keeps_address=True),
    *(NoticeKind(kind.bundle.template, (kind.bundle.role,)) for kind in _OFFICES if kind.bundle),
)
"""Notices to offices about many complaints or none: they have no ticket."""

_ROWS = (*_CITIZENS, _WITHDRAWN, *_OFFICES, *_DESKS, *_OF_NO_COMPLAINT)
KINDS: Mapping[str, NoticeKind] = MappingProxyType({kind.name: kind for kind in _ROWS})
OVERVIEWS = frozenset(kind.name for kind in _OF_NO_COMPLAINT)
"""The kinds that have no ticket."""
BUNDLES: Mapping[str, Bundle] = MappingProxyType({kind.name: kind.bundle for kind in _ROWS if kind.bundle})
"""The single notice's name → its list."""
LISTS: Mapping[str, Bundle] = MappingProxyType({bundle.template: bundle for bundle in BUNDLES.values()})
"""The list's own name → the same."""
ANSWER_NOTICES = tuple(kind.name for kind in _ROWS if kind.brings_answer)
"""Those by which a citizen has the answer; the first is the answer itself."""
FOLLOWER_NEWS = frozenset(kind.name for kind in _ROWS if kind.follower_news)
"""What a citizen hears that followers hear, too. A question is not theirs to answer."""
LAST_FOLLOWER_NEWS = frozenset(kind.name for kind in _ROWS if kind.ends_following)
"""After these every follower gets another parent, or stands alone."""
FOLLOWER_EVENTS: Mapping[str, NoticeName] = MappingProxyType(
    {event: kind.name for kind in _ROWS for event in kind.follower_events}
)
"""A timeline event → the news that it is to followers."""


def find_kind(template: str) -> NoticeKind | None:
    """The row of that name; None for a name that only another release knows."""
    return KINDS.get(template)


def require_kind(notice: NoticeFields) -> NoticeKind:
    """The row of a notice that is about to be written; UnknownNotice where it has none."""
    kind = KINDS.get(notice.template)
    if kind is None:
        raise UnknownNotice(notice.template)
    return kind


def is_true_in(template: str, state: str) -> bool:
    """Whether the words of that notice are true of a complaint in that state."""
    kind = KINDS.get(template)
    return kind is None or kind.true_in is None or state in kind.true_in


def is_asked_for(template: str) -> bool:
    """Whether the citizen asked for it themselves."""
    kind = KINDS.get(template)
    return kind is not None and kind.asked_for


def restricted_detail(template: str) -> RestrictedDetail:
    """What a restricted complaint's mail may tell of that notice."""
    kind = KINDS.get(template)
    return kind.restricted if kind else RestrictedDetail.OTHER
