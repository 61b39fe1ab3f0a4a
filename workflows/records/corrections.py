"""People's corrections of the router as training data: the text and the department it belonged to."""

from __future__ import annotations
from collections.abc import Iterator

from workflows.collection_names import REPORTERS
from workflows.domain.access import Audience, seen_by
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import LAKSA, TimelineEvent
from workflows.domain.privacy.redaction import mask_identifiers, without_reporter_name
from workflows.domain.privacy.retention import WHOLE
from workflows.frozen import frozen
from workflows.ports import Store
from workflows.records.queries import every_complaint
from workflows.unit_of_work import read_timeline

_DESK, _KECAMATAN, _INSPEKTORAT = "DESK", "KEC", "INSPEKTORAT"
_PLACING = ("assigned", "forwarded", "external", "archived")
_HELD = WITH_DEPARTMENT | {State.ANSWERED, State.CLOSED}
_KINDS = {"aduan": "complaint", "pengawasan": "complaint", "pertanyaan": "question", "saran": "request"}
_ARCHIVED = {
    "unclear": "unclear",
    "thanks": "praise",
    "not_a_report": "not_for_government",
    "abusive": "not_for_government",
}
"""Reasons for archiving that say what the text was; the others say nothing about its department."""


@frozen
class Correction:
    """A masked text with the department people settled on: `KEC` for any kecamatan, `DESK` for none, EXTERNAL.
    `also`: other right ones, joined by `|`; unknown for the desk's decisions. `urgent`: yes or no, by the router.
    """

    text: str
    opd: str
    also: str
    urgent: str
    accuses: str
    kind: str


@frozen
class Corrections:
    """The corrections, and the number left out because they are restricted."""

    letters: list[Correction]
    restricted: int


def corrections(store: Store, restricted: bool = False) -> Corrections:
    """Every settled complaint that people assigned, newest first; restricted ones only on request."""
    placed = list(_placed(store))
    kept = [complaint for complaint in placed if restricted or not complaint.restricted]
    letters = [correction(seen_by(each, Audience.TRAINING), _name(store, each)) for each in kept]
    return Corrections(letters, len(placed) - len(kept))


def _placed(store: Store) -> Iterator[Complaint]:
    settled = (c for c in every_complaint(store) if WHOLE not in c.erasure.erased and _label(c) and _may_be_by_hand(c))
    return (c for c in settled if placed_by_hand(read_timeline(store, c.ticket)))


def _may_be_by_hand(complaint: Complaint) -> bool:
    """Whether a person may have assigned it: the first assignment is the router's own."""
    return complaint.assignment_no > 1 or complaint.state == State.REJECTED


def placed_by_hand(timeline: tuple[TimelineEvent, ...]) -> bool:
    """Whether the last word on its department came from an operator or department, not from the router."""
    placing = [entry for entry in timeline if entry.event in _PLACING]
    return bool(placing) and placing[-1].by != LAKSA


def correction(complaint: Complaint, name: str) -> Correction:
    """The correction of a settled complaint. `name`: the reporter's, which is hidden in the text."""
    opd, kind = _label(complaint) or (_DESK, "unclear")
    accuses = complaint.routing.accuses if opd == _INSPEKTORAT else None
    return Correction(
        text=without_reporter_name(mask_identifiers(complaint.text), name),
        opd=opd,
        also="",
        urgent="yes" if complaint.urgent else "no",
        accuses=_plain(accuses or ""),
        kind=kind,
    )


def _label(complaint: Complaint) -> tuple[str, str] | None:
    """(department, kind) once settled, i.e. accepted by the department or ended by an operator; else None."""
    if complaint.state == State.REJECTED:
        kind = _ARCHIVED.get(complaint.reason)
        return (_DESK, kind) if kind else None
    if complaint.state == State.EXTERNAL:
        return State.EXTERNAL.upper(), _kind(complaint)
    held = complaint.assignment
    if complaint.state in _HELD and held and held.acknowledged_at:
        return _plain(held.opd), _kind(complaint)
    return None


def _kind(complaint: Complaint) -> str:
    return _KINDS.get(complaint.kind or complaint.routing.kind, "complaint")


def _plain(code: str) -> str:
    return _KECAMATAN if code.startswith(f"{_KECAMATAN}-") else code


def _name(store: Store, complaint: Complaint) -> str:
    return str((store.get(REPORTERS, complaint.ticket) or {}).get("name") or "")
