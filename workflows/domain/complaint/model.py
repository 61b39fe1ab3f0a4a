"""A complaint: its states, its assignment, its deadlines. Pure data with its two document functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from workflows.domain.complaint.geo_keys import keys_of
from workflows.domain.complaint.origin import BY_FORM, Arrival
from workflows.domain.complaint.photo import PhotoFacts
from workflows.domain.documents import Record, read_record, with_schema, write_record


@dataclass(frozen=True)
class Assignment(Record):
    """Which department has the complaint; `generation` counts the assignments. `called_at`: when the desk last
    phoned it about this complaint. `unit`: the kelurahan, bidang or UPT it was delegated to; `unit_key`: the
    number of the timeline event that says so.
    """

    opd: str
    kind: str
    generation: int
    since: datetime
    ack_by: datetime
    acknowledged_at: datetime | None = None
    ack_missed: bool = False
    officer: str = ""
    unit: str = ""
    unit_key: int = 0
    called_at: datetime | None = None


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    AT_DESK = "at_desk"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_CITIZEN = "waiting_for_citizen"
    SCHEDULED = "scheduled"
    ANSWERED = "answered"
    CLOSED = "closed"
    REJECTED = "rejected"
    EXTERNAL = "external"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


RECEIVED = State.RECEIVED
AT_DESK = State.AT_DESK
ASSIGNED = State.ASSIGNED
IN_PROGRESS = State.IN_PROGRESS
WAITING = State.WAITING_FOR_CITIZEN
SCHEDULED = State.SCHEDULED
ANSWERED = State.ANSWERED
CLOSED = State.CLOSED
REJECTED = State.REJECTED
EXTERNAL = State.EXTERNAL
MERGED = State.MERGED
WITHDRAWN = State.WITHDRAWN

WITH_DEPARTMENT = frozenset({ASSIGNED, IN_PROGRESS, WAITING, SCHEDULED})
OPEN = WITH_DEPARTMENT | {RECEIVED, AT_DESK}
ENDED = frozenset({CLOSED, REJECTED, EXTERNAL, MERGED, WITHDRAWN})
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


@dataclass(frozen=True)
class Complaint(Record):
    """One complaint. No field names the citizen; the text may, so it is never logged.

    proofs: the numbers of the photos that its answers named, those of answers that were disputed too.
    erased: what was taken from it, and when (domain/privacy/retention); erase_at: when the next of it is due.
    parent: the ticket of the case it is merged into, empty unless it is. followed: others are, or were, merged
    into it; they are found by their `parent`.
    reached_by: the letter by which its citizen has the answer, or the page (notifications/delivery).
    mail_comes_back: none that seems to arrive proves anything. questionnaire: whether they were asked if it is
    really solved, and said so; questionnaire_at: when they are due to be (domain/deadlines/survey).
    tabled: since when it stands on each person's daily table (of domain/escalation/levels.TABLES).
    """

    ticket: str
    text: str
    received_at: datetime
    state: State = RECEIVED
    place: str = ""
    kelurahan: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None
    visibility: Visibility = Visibility.CONFIDENTIAL
    lang: str = "id"
    contact: bool = False
    reachable: bool = False
    by_phone: bool = False
    mail_comes_back: bool = False
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
    generation: int = 0
    hops: int = 0
    past_hands: tuple[dict[str, Any], ...] = ()
    external_to: str = ""
    reason: str = ""
    parent: str = ""
    followed: bool = False

    clock_start: datetime | None = None
    answer_by: datetime | None = None
    desk_since: datetime | None = None
    desk_by: datetime | None = None
    returned_by: str = ""
    scheduled_for: datetime | None = None
    rungs: tuple[str, ...] = ()
    table: str = ""
    tabled: dict[str, datetime] = field(default_factory=dict)
    asked_at: datetime | None = None
    ask_until: datetime | None = None
    stood_minutes: int = 0
    promised_by: datetime | None = None
    added_at: datetime | None = None
    call_by: datetime | None = None
    calls_missed: int = 0

    draft: dict[str, Any] | None = None
    recall: dict[str, Any] | None = None
    contact_shown: int = 0
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
    renewed: dict[str, datetime] = field(default_factory=dict)
    nudged_at: datetime | None = None
    acts: tuple[str, ...] = ()

    ended_at: datetime | None = None
    erased: dict[str, datetime] = field(default_factory=dict)
    erase_at: datetime | None = None
    next_check_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def opd(self) -> str | None:
        """The department that has it, EXTERNAL when it is nobody's in the city, else None."""
        if self.state == EXTERNAL:
            return "EXTERNAL"
        return self.assignment.opd if self.assignment else None

    @property
    def noted_at(self) -> datetime:
        """When Laksa received it: later than the city did, if an operator entered it."""
        return self.arrival.noted_at or self.received_at

    @property
    def desk_may_read(self) -> bool:
        """Whether operators may know of it: not if it accuses those who run the desk."""
        return bool((self.decision or {}).get("desk", True))

    @property
    def can_be_told(self) -> bool:
        """Whether news finds its citizen: by mail, or by an operator who phones and may know of it."""
        return self.reachable or (self.by_phone and self.desk_may_read)

    @property
    def unread(self) -> bool:
        """The router has still to read it: just come in, by itself or as the same as another."""
        merged = self.state == MERGED and self.decision is None and self.generation == 0
        return merged or self.state == RECEIVED

    @property
    def recallable_until(self) -> datetime | None:
        """Until when the desk can take back the assignment that stands; None once anything else has happened."""
        held = self.recall
        return held["until"] if held and held["sequence"] == self.sequence else None

    def hands_after_leaving(self, now: datetime) -> tuple[dict[str, Any], ...]:
        """Who has had it, once the present department no longer does: generation, opd, until."""
        held = self.assignment
        if held is None:
            return self.past_hands
        return (*self.past_hands, {"generation": held.generation, "opd": held.opd, "until": now})

    def with_acknowledgement(self, now: datetime, officer: str) -> Complaint:
        """The same complaint, accepted by its department; the first acceptance stays."""
        held = self.assignment
        if held is None:
            return self
        first = held.acknowledged_at or now
        accepted = replace(held, acknowledged_at=first, officer=held.officer or officer)
        return replace(self, assignment=accepted, call_by=None)


def to_document(complaint: Complaint) -> dict[str, Any]:
    """The complaint as it is stored; a finished one has no alarm. The document must not be changed afterwards."""
    document = write_record(complaint, if_set=_IF_SET) | _looked_up(complaint)
    if document["recall_until"] is None:
        del document["recall_until"]
    return with_schema(document)


def _looked_up(complaint: Complaint) -> dict[str, Any]:
    """Denormalised fields for queries: assignment_opd, silent_opd, board, recall_until, geo keys."""
    opd = complaint.opd if complaint.state in WITH_DEPARTMENT else None
    silent = complaint.state == ASSIGNED and complaint.assignment and complaint.assignment.ack_missed
    return {
        "assignment_opd": opd or "",
        "silent_opd": (opd or "") if silent else "",
        "board": _place_on_board(complaint),
        "recall_until": complaint.recallable_until,
        **(
            keys_of(complaint)
            if complaint.state in OPEN and complaint.visibility != Visibility.CONFIDENTIAL
            else {}
        ),
    }


def _place_on_board(complaint: Complaint) -> str:
    """Its part of the board (danger or the rest), while it waits for operators who may read it."""
    if complaint.state != AT_DESK or not complaint.desk_may_read:
        return ""
    return DANGER if complaint.urgent else THE_REST


_IF_SET = frozenset({"next_check_at", "call_by", "erase_at", "questionnaire_at", "parent"})
_DERIVED = ("assignment_opd", "silent_opd", "board", "recall_until", "near_cell", "near_street")
"""What `_looked_up` adds to a document; it may be absent from the next one."""


def from_document(document: Mapping[str, Any]) -> Complaint:
    """The inverse of to_document; fields of a newer release are kept at every level."""
    return read_record(Complaint, document, *_DERIVED)
