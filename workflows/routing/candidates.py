"""Combines the table's candidates and the learned probabilities into one list of departments. Also selects what an
operator may choose from: the likeliest departments, and those that are right as well.
"""

from __future__ import annotations
from collections.abc import Iterator, Mapping
from itertools import islice

from workflows.routing.conflict.detection import INSPEKTORAT, OWNERS, Conflict
from workflows.routing.model import DESK, EXTERNAL, KECAMATAN, Letter, is_kecamatan
from workflows.routing.places import department_of
from workflows.routing.ranking import OTHER, PUNGLI, Candidate, Evidence
from workflows.routing.reading import Reading
from workflows.routing.table import RoutingTable

_MOST = 6  # the most candidates that are worth showing
_BY_TAKER = {"dues": 0.5, "thug": 0.5, "elsewhere": 0.9}
"""Factor on every probability by the kind of taker: who takes the money says whose matter it is."""
_SILENCE = 2.0  # the score to beat when no other phrase was found
_OUTSIDE = 0.9  # factor on every probability when the place belongs to another government
_NO_REPORT = 0.7  # factor on every probability when thanks or advertising are stronger than any matter
_USUAL = {KECAMATAN: "layanan_kelurahan", EXTERNAL: "layanan_luar", INSPEKTORAT: PUNGLI, DESK: OTHER}


def blend(reading: Reading, chances: Mapping[str, float], table: RoutingTable) -> list[Candidate]:
    """Every department with a probability, likeliest first, each with what the table found for it."""
    by_table = {candidate.opd: candidate for candidate in reading.ranked}
    chances = _moved(reading, chances, table)
    ordered = sorted(sorted(chances), key=chances.__getitem__, reverse=True)  # ties in the order of the codes
    known = (code for code in ordered if code in (DESK, KECAMATAN) or table.departments.get(code))
    return [
        (by_table.get(code) or bare(code, reading.evidence, table))._replace(score=chances[code])
        for code in islice(known, _MOST)
    ]


def _moved(reading: Reading, chances: Mapping[str, float], table: RoutingTable) -> dict[str, float]:
    """Probabilities after the table's rules: the weights know the matter, the table knows exceptions, roads,
    places and takers.
    """
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
    """Move the probability of a category to its present owner, if that changed since the training."""
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
    """Whether the department or category is newer than the training: the weights cannot know it."""
    header = table.judge.weights.header
    known = candidate.opd == DESK or candidate.opd in header.opd
    return not known or f"c:{candidate.category}" not in header.hints


def _heard(candidate: Candidate, ranked: list[Candidate]) -> float:
    """The share of the probability that a candidate's phrases earn, compared with the strongest of the others."""
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


_CLOSE_SECOND = 0.7  # share of the best score by phrases from which there is a second matter in the text
_LIKELY = 0.2  # probability from which a department is right as well
_MOST_ALSO = 3
_MOST_TOP = 5
_REAL = 3
_FAINT = 0.01  # the worth of a category's second owner, or of a phrase that is not enough by itself
_USUAL_CHOICES = ("DISKOMINFO", "SATPOLPP", "PUPR", "BKPSDM", "KESBANGPOL")
_USUAL_FOR_KECAMATAN = ("DISDUKCAPIL", "DISKOMINFO", "BKPSDM", "SETDA")


def also_of(
    opd: str, best: Candidate, ranked: list[Candidate], reading: Reading, conflict: Conflict | None
) -> tuple[str, ...]:
    """Departments that are right as well: the category's own, that of a second matter, or one with nearly the same
    probability.
    """
    by_phrases = {c.opd: c.score for c in reading.ranked}
    telling = max(by_phrases.values(), default=0.0) * _CLOSE_SECOND
    second = [code for code, score in by_phrases.items() if score >= max(telling, 1.0)]
    likely = [c.opd for c in ranked if c.score >= _LIKELY]
    suspected = (INSPEKTORAT,) if conflict and conflict.kind in ("rhetoric", "favour", "doubt") else ()
    codes = dict.fromkeys(reading.location.placed(code) for code in (*suspected, *best.besides, *likely, *second))
    return tuple(c for c in codes if c not in (opd, DESK, KECAMATAN))[:_MOST_ALSO] if opd != DESK else ()


def top_of(
    letter: Letter, opd: str, ranked: list[Candidate], reading: Reading, out: frozenset[str], table: RoutingTable
) -> tuple[tuple[str, float], ...]:
    """Codes with their probabilities, that of `opd` first; at least three real departments, if that many are
    allowed.
    """
    scores = _shared(letter, opd, ranked, reading, table)
    scores = {code: score for code, score in scores.items() if code not in out}
    spare = _spare(opd, ranked, reading, table)
    weakest = min(scores.values(), default=1.0)  # what the text says comes before what it only hints at
    while sum(map(_is_real, scores)) < _REAL and (further := next(spare, None)):
        code, score = further
        if _is_real(code) and code not in out:
            scores.setdefault(code, min(score, weakest))
    unplaced = opd == KECAMATAN
    ordered = sorted(scores.items(), key=lambda entry: -entry[1])
    return tuple(sorted(ordered, key=lambda entry: (entry[0] != opd, unplaced and not is_kecamatan(entry[0]))))


def _shared(
    letter: Letter, opd: str, ranked: list[Candidate], reading: Reading, table: RoutingTable
) -> dict[str, float]:
    """Distribute the probability of an uncertain kecamatan over those that a name in the text could mean. Where
    the place is known, KEC and the kecamatan's own code are one office: their probabilities are added.
    """
    scores: dict[str, float] = {}
    for candidate in (c for c in ranked[:_MOST_TOP] if c.opd != DESK):
        code = reading.location.placed(candidate.opd)
        scores[code] = round(scores.get(code, 0.0) + candidate.score, 3)
    if opd != KECAMATAN or reading.location.department:
        return scores
    named = table.areas.anywhere(letter.text, letter.place, letter.kelurahan)
    likeliest = tuple(map(department_of, named))[:_REAL]
    return {code: round(scores[KECAMATAN] / len(likeliest), 3) for code in likeliest} | scores


def _spare(opd: str, ranked: list[Candidate], reading: Reading, table: RoutingTable) -> Iterator[tuple[str, float]]:
    """Further departments to fill up to three, those with any hint in the text first."""
    second = (code for c in ranked for code in (*c.besides, *table.categories[c.category].also))
    yield from ((code, _FAINT) for code in dict.fromkeys((*second, *_whispered(reading, table))))
    usual = _USUAL_FOR_KECAMATAN if is_kecamatan(opd) else _USUAL_CHOICES
    others = (department.code for department in table.departments.assignable())
    yield from (
        (code, 0.0) for code in (*filter(None, [reading.location.department]), *usual, *_USUAL_CHOICES, *others)
    )


def _whispered(reading: Reading, table: RoutingTable) -> Iterator[str]:
    """Owners of categories for which only a phrase was found that is not enough by itself."""
    phrases = table.phrases.rows
    for phrase in (phrases[match.phrase] for match in reading.said):
        if phrase.kind != "not" and phrase.category != OTHER:
            yield table.categories[phrase.category].opd


def _is_real(code: str) -> bool:
    return code not in (DESK, KECAMATAN, EXTERNAL)
