"""A complaint as it stands: its states, who has it, until when. Pure data with its two document functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from workflows.domain.photo import PhotoFacts

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

WITH_DEPARTMENT = frozenset({ASSIGNED, IN_PROGRESS, WAITING, SCHEDULED})
OPEN = WITH_DEPARTMENT | {RECEIVED, AT_DESK}
ENDED = frozenset({CLOSED, REJECTED, EXTERNAL, MERGED, WITHDRAWN})
STATES = (
    RECEIVED,
    AT_DESK,
    ASSIGNED,
    IN_PROGRESS,
    WAITING,
    SCHEDULED,
    ANSWERED,
    CLOSED,
    REJECTED,
    EXTERNAL,
    MERGED,
    WITHDRAWN,
)

VISIBILITIES = ("confidential", "anonymous", "public")
KINDS = ("aduan", "pertanyaan", "saran")
LANGUAGES = ("id", "en")

CONFIRMED = "confirmed"
NO_RESPONSE = "no_response"
NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class Assignment:
    """Which department has the complaint; `generation` grows by one at every change of hands.

    unit: the kelurahan, bidang or UPT it was handed on to inside; unit_key: the number of the entry that says so.
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


@dataclass(frozen=True)
class Complaint:
    """One complaint. No field names the citizen; the text may, so it is never logged.

    proofs: the numbers of the photos that its answers named, those of answers that were disputed too.
    """

    ticket: str
    text: str
    received_at: datetime
    state: str = RECEIVED
    place: str = ""
    kelurahan: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None
    visibility: str = "confidential"
    lang: str = "id"
    contact: bool = False
    reachable: bool = False
    channel: str = "form"
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

    clock_start: datetime | None = None
    answer_by: datetime | None = None
    desk_since: datetime | None = None
    desk_by: datetime | None = None
    returned_by: str = ""
    scheduled_for: datetime | None = None
    rungs: tuple[str, ...] = ()
    table: str = ""
    asked_at: datetime | None = None
    ask_until: datetime | None = None
    stood_minutes: int = 0
    promised_by: datetime | None = None
    added_at: datetime | None = None
    call_by: datetime | None = None
    calls_missed: int = 0

    draft: dict[str, Any] | None = None
    contact_shown: int = 0
    outcome: str = ""
    answered_at: datetime | None = None
    answer_sequence: int = 0
    proofs: tuple[int, ...] = ()
    confirm_by: datetime | None = None
    confirm_reminded: bool = False
    reached_at: datetime | None = None
    closed_as: str = ""
    disputes: int = 0
    renewed: dict[str, datetime] = field(default_factory=dict)
    nudged_at: datetime | None = None
    acts: tuple[str, ...] = ()

    next_check_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def opd(self) -> str | None:
        """The department that has it, EXTERNAL when it is nobody's in the city, else None."""
        if self.state == EXTERNAL:
            return "EXTERNAL"
        return self.assignment.opd if self.assignment else None

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
    """As it is stored; a finished complaint has no alarm at all."""
    document = asdict(complaint)
    document["rungs"] = list(complaint.rungs)
    document["acts"] = list(complaint.acts)
    document["past_hands"] = list(complaint.past_hands)
    document["photos"] = list(document["photos"])
    document["proofs"] = list(complaint.proofs)
    document |= _looked_up(complaint)
    if complaint.next_check_at is None:
        del document["next_check_at"]
    return document


def _looked_up(complaint: Complaint) -> dict[str, Any]:
    """What lists are made by: who owes an answer, and whose mailbox nobody seems to read."""
    opd = complaint.opd if complaint.state in WITH_DEPARTMENT else None
    silent = complaint.state == ASSIGNED and complaint.assignment and complaint.assignment.ack_missed
    return {"assignment_opd": opd or "", "silent_opd": (opd or "") if silent else ""}


_NAMES = frozenset(f.name for f in fields(Complaint))


def from_document(document: Mapping[str, Any]) -> Complaint:
    """The inverse of to_document; fields of a newer release are left alone."""
    known = {name: value for name, value in document.items() if name in _NAMES}
    if known.get("assignment"):
        known["assignment"] = Assignment(**known["assignment"])
    for name in ("rungs", "acts", "past_hands", "proofs"):
        known[name] = tuple(known.get(name) or ())
    known["photos"] = tuple(PhotoFacts(**photo) for photo in known.get("photos") or ())
    return Complaint(**known)
