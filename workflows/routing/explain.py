"""Why a letter goes where it goes: the phrases, words, place and rules that spoke for it, in Indonesian."""

from __future__ import annotations

from workflows.routing.conflict import Conflict
from workflows.routing.learned.judge import Judgement
from workflows.routing.model import DESK, KECAMATAN
from workflows.routing.places import Location
from workflows.routing.ranking import Candidate
from workflows.routing.reading import Reading
from workflows.routing.table import RoutingTable

_NAMES = {KECAMATAN: "kecamatan", DESK: "meja operator"}


def reasons(
    best: Candidate, reading: Reading, conflict: Conflict | None, judged: Judgement, table: RoutingTable
) -> tuple[str, ...]:
    """What speaks for the best candidate, strongest first; then the place, then what makes it urgent."""
    said = (*speaking_for(best, judged, table), *doubt_of(conflict), _place(reading.location))
    return (*dict.fromkeys(said), *(f"mendesak: {danger}" for danger in reading.dangers))


def doubt_of(conflict: Conflict | None) -> tuple[str, ...]:
    """Why an operator must read the letter before any office does."""
    return conflict.why if conflict and conflict.kind == "doubt" else ()


def speaking_for(candidate: Candidate, judged: Judgement, table: RoutingTable) -> tuple[str, ...]:
    """The phrases and words that speak for this candidate, whether or not it is the best."""
    code = table.categories[candidate.category].opd if candidate.moved else candidate.opd
    learned = (f"“{name}” {_signed(w)} → {_short(code, table)}" for name, w in table.judge.evidence(judged, code))
    return (*candidate.why, *learned)


def _short(code: str, table: RoutingTable) -> str:
    department = table.departments.get(code)
    return department.short if department else _NAMES.get(code, code)


def _signed(weight: float) -> str:
    return f"{weight:+.1f}".replace(".", ",")


def _place(location: Location) -> str:
    if not location.label:
        return "kelurahan dan kecamatan belum diketahui"
    return f"lokasi: {location.label}"
