"""What a conflict of interest changes in the ranking, and who must not hear of it."""

from __future__ import annotations

from dataclasses import replace

from workflows.routing.conflict import Conflict
from workflows.routing.model import EXTERNAL, KECAMATAN
from workflows.routing.places import Location
from workflows.routing.ranking import PUNGLI, Candidate

INSPEKTORAT = "INSPEKTORAT"
_OVERSIGHT = (INSPEKTORAT, "BKPSDM", "DISKOMINFO", "KESBANGPOL", "BPKD")
_SUPERIORS = {"RSUD": ("DINKES", "SETDA"), "SETDA": ()}
_SUSPICION_ALONE = 0.4  # words of extortion without an accusation weigh this much
_OWNERS = {
    "school": ("DISDIK", "sekolah_biaya_guru", (INSPEKTORAT,)),
    "dues": (KECAMATAN, "layanan_kelurahan", (INSPEKTORAT,)),
    "thug": ("SATPOLPP", "ketertiban", (EXTERNAL,)),
    "parking": ("DISHUB", "parkir_liar", ("SATPOLPP",)),
    "police": (EXTERNAL, "layanan_luar", ()),
}


def weigh(ranked: list[Candidate], conflict: Conflict | None, location: Location) -> list[Candidate]:
    """The candidates after the rule of conflict of interest, best first."""
    if conflict is None or conflict.kind == "doubt":
        quiet = _by_score([_quiet(c) if c.opd == INSPEKTORAT else c for c in ranked])
        return _doubted(quiet, conflict) if conflict else quiet
    if conflict.kind == "official":
        return _inspected(ranked, conflict, location)
    others = [c for c in ranked if c.opd != INSPEKTORAT]
    if conflict.kind in _OWNERS:
        return _owned(others, conflict)
    if conflict.kind in ("rhetoric", "favour") and others:
        first = replace(others[0], besides=(INSPEKTORAT, *others[0].besides), why=(*others[0].why, *conflict.why))
        return [first, *others[1:]]
    return others


def _doubted(ranked: list[Candidate], conflict: Conflict) -> list[Candidate]:
    first = [replace(c, why=(*c.why, *conflict.why), certain=False) for c in ranked[:1]]
    return [*first, *ranked[1:]]


def accused(conflict: Conflict | None, location: Location) -> str | None:
    """The office whose people are accused; a kecamatan by its own code where the place is known."""
    if conflict is None or conflict.accuses is None:
        return None
    return (location.department or KECAMATAN) if conflict.accuses == KECAMATAN else conflict.accuses


def kept_out(code: str | None) -> frozenset[str]:
    """The accused office and its superiors; for a kecamatan, whichever it is."""
    if code is None:
        return frozenset()
    return frozenset((code, *_SUPERIORS.get(code, ("SETDA",))))


def _quiet(candidate: Candidate) -> Candidate:
    return replace(candidate, score=candidate.score * _SUSPICION_ALONE, certain=False)


def _inspected(ranked: list[Candidate], conflict: Conflict, location: Location) -> list[Candidate]:
    """Oversight alone; only an unsure accusation leaves the desk the department of the matter as a choice."""
    out = kept_out(accused(conflict, location))
    scores = dict(zip(_OVERSIGHT, (12.0, 2.0, 1.0, 0.5, 0.5), strict=True))
    whom = [code for code in _OVERSIGHT if code not in out]
    first = Candidate(whom[0], scores[whom[0]], PUNGLI, conflict.why, None, conflict.sure)
    if whom[0] != INSPEKTORAT:
        why = (*conflict.why, "Inspektorat sendiri yang dilaporkan")
        first = Candidate(EXTERNAL, 6.0, PUNGLI, why, "EXT-OMBUDSMAN", False)
    rest = [Candidate(code, scores[code], PUNGLI, ()) for code in whom if code != first.opd]
    matter = [c for c in ranked if c.opd not in (*out, *whom)] if not first.certain else []
    return [first, *matter[:2], *rest]


def _owned(others: list[Candidate], conflict: Conflict) -> list[Candidate]:
    opd, category, besides = _OWNERS[conflict.kind]
    same = next((c for c in others if c.opd == opd), None)
    score = (same.score if same else 0.0) + max((c.score for c in others), default=0.0) + 3.0
    why = (*(same.why if same else ()), *conflict.why)
    first = Candidate(opd, score, category, why, conflict.external, True, besides)
    return [first, *(c for c in others if c.opd != opd)]


def _by_score(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.opd))
