"""A complaint: its states, its deadlines, its answer. Pure data with its two document functions."""

from __future__ import annotations
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workflows.domain.complaint.geo_keys import keys_of
from workflows.domain.complaint.records import (
    BY_FORM,
    AnswerDraft,
    Arrival,
    Assignment,
    PendingAssignment,
    PhotoFacts,
    PreviousAssignment,
    RecentNotices,
)
from workflows.domain.documents import Part, Record, evolve_record, read_record, stored_as, with_schema, write_record
from workflows.frozen import frozen

if TYPE_CHECKING:
    from workflows.domain.complaint.records import RoutingDecision


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    AT_DESK = "at_desk"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting_for_citizen"
    SCHEDULED = "scheduled"
    ANSWERED = "answered"
    CLOSED = "closed"
    REJECTED = "rejected"
    EXTERNAL = "external"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


WITH_DEPARTMENT = frozenset({State.ASSIGNED, State.IN_PROGRESS, State.WAITING, State.SCHEDULED})
OPEN = WITH_DEPARTMENT | {State.RECEIVED, State.AT_DESK}
ENDED = frozenset({State.CLOSED, State.REJECTED, State.EXTERNAL, State.MERGED, State.WITHDRAWN})
STATES = tuple(State)


class Visibility(StrEnum):
    """Who may read a complaint beside those who work on it."""

    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"
    PUBLIC = "public"


VISIBILITIES = tuple(Visibility)
KINDS = ("aduan", "pertanyaan", "saran")
LANGUAGES = ("id", "en")

DANGER, THE_REST = "danger", "rest"
"""The two parts of the desk's board."""

CONFIRMED = "confirmed"
NO_RESPONSE = "no_response"
NOT_REACHED = "not_reached"


@frozen
class Reach(Part):
    """By what a complaint's reporter is reached, and who has seen it; no address, no number.

    consent: the department may see it. phone_only: there is no e-mail. mail_comes_back: no letter that seems to
    arrive proves anything. contact_shown: number of the assignment whose department has looked.
    """

    consent: bool = stored_as("contact", False)
    has_email: bool = stored_as("reachable", False)
    phone_only: bool = stored_as("by_phone", False)
    mail_comes_back: bool = False
    contact_shown: int = 0


@frozen
class Deadlines(Part):
    """Until when somebody owes something, and since when the clocks run or stand.

    next_check_at: the alarm, None where nothing is owed. promised_by: the date that the citizen was told last.
    """

    clock_start: datetime | None = None
    answer_by: datetime | None = None
    desk_since: datetime | None = None
    desk_by: datetime | None = None
    scheduled_for: datetime | None = None
    asked_at: datetime | None = None
    ask_until: datetime | None = None
    paused_minutes: int = stored_as("stood_minutes", 0)
    promised_by: datetime | None = None
    added_at: datetime | None = None
    call_by: datetime | None = None
    calls_missed: int = 0
    nudged_at: datetime | None = None
    next_check_at: datetime | None = None


@frozen
class Escalation(Part):
    """How far a complaint has gone up. escalated: names of the levels.

    reported_to: on whose daily report it stands. reported_since: since when it stands on each person's daily
    report (of domain/deadlines/policy.TABLES).
    """

    escalated: tuple[str, ...] = stored_as("rungs", ())
    reported_to: str = stored_as("table", "")
    reported_since: dict[str, datetime] = stored_as("tabled", factory=dict)


@frozen
class Answer(Part):
    """The answer that stands, and what its citizen said of it.

    proofs: the numbers of the photos that its answers named, those of answers that were disputed too.
    reached_by: the letter by which its citizen has the answer, or the page (notifications/delivery).
    questionnaire: whether they were asked if it is really solved, and said so; questionnaire_at: when they are due
    to be (domain/escalation/schedule).
    """

    outcome: str = ""
    answered_at: datetime | None = None
    answer_sequence: int = 0
    proofs: tuple[int, ...] = ()
    confirm_by: datetime | None = None
    confirm_reminded: bool = False
    reached_at: datetime | None = None
    reached_by: str = ""
    closed_as: str = ""
    disputes: int = 0
    rating: int = 0
    questionnaire: str = ""
    questionnaire_at: datetime | None = None


@frozen
class Erasure(Part):
    """Erased: what was taken from it, and when (domain/privacy/retention). erase_at: when the next is due."""

    ended_at: datetime | None = None
    erased: dict[str, datetime] = field(default_factory=dict)
    erase_at: datetime | None = None


@frozen
class Complaint(Record):
    """One complaint. No field names the citizen; the text may, so it is never logged.

    parent: the ticket of the case it is merged into, empty unless it is. followed: others are, or were, merged
    into it; they are found by their `parent`. assignment_no: how many assignments there were. The records from
    `reach` to `erasure` are stored flat, under the names that their fields say.
    """

    ticket: str
    text: str
    received_at: datetime
    state: State = State.RECEIVED
    place: str = ""
    kelurahan: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None
    visibility: Visibility = Visibility.CONFIDENTIAL
    lang: str = "id"
    arrival: Arrival = BY_FORM
    photos: tuple[PhotoFacts, ...] = ()
    key_version: int = 1
    quarantine: str = ""

    sequence: int = 0
    updated_at: datetime | None = None
    decision: dict[str, Any] | None = None
    category: str | None = None
    restricted: bool = False
    urgent: bool = False
    assignment: Assignment | None = None
    assignment_no: int = stored_as("generation", 0)
    forward_count: int = stored_as("hops", 0)
    previous_assignments: tuple[PreviousAssignment, ...] = stored_as("past_hands", ())
    pending_assignment: PendingAssignment | None = stored_as("recall", None)
    external_to: str = ""
    reason: str = ""
    returned_by: str = ""
    parent: str = ""
    followed: bool = False
    draft: AnswerDraft | None = None
    renewed: dict[str, datetime] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    recent: RecentNotices = stored_as("extra", RecentNotices())

    reach: Reach = Reach()
    deadlines: Deadlines = Deadlines()
    escalation: Escalation = Escalation()
    answer: Answer = Answer()
    erasure: Erasure = Erasure()

    def evolve(self, **changes: Any) -> Complaint:
        """The same with other values of fields, its own or those of its records; TypeError for an unknown name."""
        return evolve_record(self, changes)

    @cached_property
    def routing(self) -> RoutingDecision:
        """The stored decision of the router, which is kept as it is; all defaults while there is none."""
        from workflows.domain.complaint.records import RoutingDecision

        return read_record(RoutingDecision, self.decision or {})

    @property
    def opd(self) -> str | None:
        """The department that has it, EXTERNAL when it is nobody's in the city, else None."""
        if self.state == State.EXTERNAL:
            return "EXTERNAL"
        return self.assignment.opd if self.assignment else None

    @property
    def noted_at(self) -> datetime:
        """When Laksa received it: later than the city did, if an operator entered it."""
        return self.arrival.noted_at or self.received_at

    @property
    def desk_may_read(self) -> bool:
        """Whether operators may know of it: not if it accuses those who run the desk."""
        return self.routing.desk

    @property
    def is_confidential(self) -> bool:
        """Whether its words are for the desk and offices alone; also if only a newer release knows its visibility."""
        return self.visibility not in (Visibility.ANONYMOUS, Visibility.PUBLIC)

    @property
    def has_contact_channel(self) -> bool:
        """Whether news finds its citizen: by mail, or by an operator who phones and may know of it."""
        return self.reach.has_email or (self.reach.phone_only and self.desk_may_read)

    @property
    def awaiting_routing(self) -> bool:
        """The router has still to read it: just come in, by itself or as the same as another."""
        merged = self.state == State.MERGED and self.decision is None and self.assignment_no == 0
        return merged or self.state == State.RECEIVED

    @property
    def recallable_until(self) -> datetime | None:
        """Until when the desk can take back the assignment that stands; None once anything else has happened."""
        held = self.pending_assignment
        return held.until if held and held.sequence == self.sequence else None

    def close_assignment(self, now: datetime) -> tuple[PreviousAssignment, ...]:
        """Who has had it, once the present department no longer does."""
        held = self.assignment
        if held is None:
            return self.previous_assignments
        return (*self.previous_assignments, PreviousAssignment(held.assignment_no, held.opd, now))

    def with_acknowledgement(self, now: datetime, officer: str) -> Complaint:
        """The same complaint, accepted by its department; the first acceptance stays."""
        held = self.assignment
        if held is None:
            return self
        first = held.acknowledged_at or now
        accepted = replace(held, acknowledged_at=first, officer=held.officer or officer)
        return self.evolve(assignment=accepted, call_by=None)


def new_complaint(ticket: str, text: str, received_at: datetime, **values: Any) -> Complaint:
    """A complaint with values of its own fields and of those of its records."""
    return Complaint(ticket, text, received_at).evolve(**values)


def to_document(complaint: Complaint) -> dict[str, Any]:
    """The complaint as it is stored; a finished one has no alarm. The document must not be changed afterwards."""
    written = write_record(complaint, if_set=_IF_SET)
    document = {name: written[name] for name in _STORED_ORDER if name in written} | written | _looked_up(complaint)
    if document["recall_until"] is None:
        del document["recall_until"]
    return with_schema(document)


def _looked_up(complaint: Complaint) -> dict[str, Any]:
    """Denormalised fields for queries: assignment_opd, silent_opd, board, recall_until, geo keys."""
    opd = complaint.opd if complaint.state in WITH_DEPARTMENT else None
    silent = complaint.state == State.ASSIGNED and complaint.assignment and complaint.assignment.ack_missed
    return {
        "assignment_opd": opd or "",
        "silent_opd": (opd or "") if silent else "",
        "board": _place_on_board(complaint),
        "recall_until": complaint.recallable_until,
        **(keys_of(complaint) if complaint.state in OPEN and not complaint.is_confidential else {}),
    }


def _place_on_board(complaint: Complaint) -> str:
    """Its part of the board (danger or the rest), while it waits for operators who may read it."""
    if complaint.state != State.AT_DESK or not complaint.desk_may_read:
        return ""
    return DANGER if complaint.urgent else THE_REST


_STORED_NAMES = """
ticket text received_at state place kelurahan latitude longitude kind visibility lang contact reachable
by_phone mail_comes_back arrival photos key_version quarantine sequence updated_at decision category
restricted urgent assignment generation hops past_hands external_to reason parent followed clock_start
answer_by desk_since desk_by returned_by scheduled_for rungs table tabled asked_at ask_until stood_minutes
promised_by added_at call_by calls_missed draft recall contact_shown outcome answered_at answer_sequence
proofs confirm_by confirm_reminded reached_at reached_by closed_as disputes rating questionnaire
questionnaire_at renewed nudged_at acts ended_at erased erase_at next_check_at extra
"""
_STORED_ORDER = _STORED_NAMES.split()
"""The order in which a document holds its fields, the same in every release; a new field comes after these."""

_IF_SET = frozenset({"next_check_at", "call_by", "erase_at", "questionnaire_at", "parent"})
_DERIVED = ("assignment_opd", "silent_opd", "board", "recall_until", "near_cell", "near_street")
"""What `_looked_up` adds to a document; it may be absent from the next one."""


def from_document(document: Mapping[str, Any]) -> Complaint:
    """The inverse of to_document; fields of a newer release are kept at every level."""
    return read_record(Complaint, document, *_DERIVED)


ASKED, SOLVED, NOT_SOLVED = "asked", "solved", "not_solved"
"""The state of the survey; '' while it was never asked."""


def is_asking(complaint: Complaint) -> bool:
    """Whether the question waits for its answer."""
    return complaint.state == State.CLOSED and complaint.answer.questionnaire == ASKED
