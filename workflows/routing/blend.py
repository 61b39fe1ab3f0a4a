"""The table's candidates and the learned probabilities as one list: what every department's case rests on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from workflows.routing.model import DESK, EXTERNAL, KECAMATAN
from workflows.routing.phrases import Evidence
from workflows.routing.ranking import OTHER, PUNGLI, Candidate
from workflows.routing.reading import Reading
from workflows.routing.table import RoutingTable
from workflows.routing.verdict import INSPEKTORAT, OWNERS

_MOST = 6  # candidates that anybody could want to see
_BY_TAKER = {"dues": 0.5, "thug": 0.5, "elsewhere": 0.9}
"""Of every probability: who takes the money tells whose matter it is."""
_SILENCE = 2.0  # what a score must beat where no other phrase speaks
_OUTSIDE = 0.9  # of every probability, where the place is another government's
_NO_REPORT = 0.7  # of every probability, where thanks or advertising speak louder than any matter
_USUAL = {KECAMATAN: "layanan_kelurahan", EXTERNAL: "layanan_luar", INSPEKTORAT: PUNGLI, DESK: OTHER}


def blend(reading: Reading, chances: Mapping[str, float], table: RoutingTable) -> list[Candidate]:
    """Every department with a probability, likeliest first; what the table found of it stays with it."""
    by_table = {candidate.opd: candidate for candidate in reading.ranked}
    chances = _moved(reading, chances, table)
    ordered = sorted(sorted(chances), key=chances.__getitem__, reverse=True)  # ties in the order of the codes
    known = (code for code in ordered if code in (DESK, KECAMATAN) or table.departments.get(code))
    return [
        (by_table.get(code) or bare(code, reading.evidence, table))._replace(score=chances[code])
        for code in islice(known, _MOST)
    ]


def _moved(reading: Reading, chances: Mapping[str, float], table: RoutingTable) -> dict[str, float]:
    """The weights tell the matter; whose it is by exception, by road, place or kind of taker, the table tells."""
    shared = _owned_now(reading, chances, table)
    scores = {candidate.opd: candidate.score for candidate in reading.ranked}
    for candidate in reading.ranked:
        owner = table.categories[candidate.category].opd
        if candidate.moved and candidate.score > scores.get(owner, 0.0):
            _give(shared, owner, candidate.opd)
    if reading.conflict and reading.conflict.kind in OWNERS:
        owner = OWNERS[reading.conflict.kind][0]
        _give(shared, INSPEKTORAT, owner)
        _give_all(shared, owner, _BY_TAKER.get(reading.conflict.kind, 0.0))
    for candidate in reading.ranked:
        if _untaught(candidate, table):
            _give_all(shared, candidate.opd, _heard(candidate, reading.ranked))
    if reading.ranked and reading.ranked[0].opd == DESK:
        _give_all(shared, DESK, _NO_REPORT)
    if reading.location.outside:
        _give_all(shared, EXTERNAL, _OUTSIDE)
    return shared


def _owned_now(reading: Reading, chances: Mapping[str, float], table: RoutingTable) -> dict[str, float]:
    """A category that was given to another department since the training takes its probability with it."""
    shared = dict(chances)
    owners = table.judge.weights.header.owners
    matters: dict[str, str] = {}
    for evidence in reading.evidence:
        matters.setdefault(owners.get(evidence.category, ""), evidence.category)
    for taught, category in matters.items():
        owner = table.categories[category].opd
        if taught in chances and owner != taught:
            _give(shared, taught, owner)
    return shared


def _untaught(candidate: Candidate, table: RoutingTable) -> bool:
    """A department or category that came after the training: the weights cannot know it."""
    header = table.judge.weights.header
    known = candidate.opd == DESK or candidate.opd in header.opd
    return not known or f"c:{candidate.category}" not in header.hints


def _heard(candidate: Candidate, ranked: list[Candidate]) -> float:
    """The part that its phrases earn it, beside the strongest of the others."""
    other = max((c.score for c in ranked if c.opd != candidate.opd), default=0.0)
    return max(candidate.score, 0.0) / (max(candidate.score, 0.0) + max(other, 0.0) + _SILENCE)


def _give_all(shared: dict[str, float], taker: str, part: float) -> None:
    for code in list(shared):
        _give(shared, code, taker, part)


def _give(shared: dict[str, float], giver: str, taker: str, part: float = 1.0) -> None:
    given = shared.get(giver, 0.0) * part
    shared[giver] = shared.get(giver, 0.0) - given
    shared[taker] = shared.get(taker, 0.0) + given


def bare(code: str, evidence: list[Evidence], table: RoutingTable) -> Candidate:
    """A department that no phrase of the table spoke for, with the likeliest of its categories."""
    owned = (e.category for e in evidence if table.categories[e.category].opd == code)
    category = next(owned, _USUAL.get(code) or table.usual.get(code, OTHER))
    return Candidate(code, 0.0, category, (), None, True, table.categories[category].also)
