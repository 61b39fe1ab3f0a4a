"""What an operator may choose from: the likeliest departments, and those that are right as well."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.routing.conflict import Conflict
from workflows.routing.model import DESK, EXTERNAL, KECAMATAN, Letter, is_kecamatan
from workflows.routing.places import department_of
from workflows.routing.ranking import OTHER, Candidate
from workflows.routing.reading import Reading
from workflows.routing.table import RoutingTable
from workflows.routing.verdict import INSPEKTORAT

_CLOSE_SECOND = 0.7  # of the best score by phrases: a second matter in the letter
_LIKELY = 0.2  # a probability from which a department is right as well
_MOST_ALSO = 3
_MOST_TOP = 5
_REAL = 3
_FAINT = 0.01  # what a category's second owner, or a phrase that is not enough, is worth
_USUAL = ("DISKOMINFO", "SATPOLPP", "PUPR", "BKPSDM", "KESBANGPOL")
_USUAL_FOR_KECAMATAN = ("DISDUKCAPIL", "DISKOMINFO", "BKPSDM", "SETDA")


def also_of(
    opd: str, best: Candidate, ranked: list[Candidate], reading: Reading, conflict: Conflict | None
) -> tuple[str, ...]:
    """Departments that are right as well: the category's own, a second matter, a probability nearly as high."""
    by_phrases = {c.opd: c.score for c in reading.ranked}
    telling = max(by_phrases.values(), default=0.0) * _CLOSE_SECOND
    second = [code for code, score in by_phrases.items() if score >= max(telling, 1.0)]
    likely = [c.opd for c in ranked if c.score >= _LIKELY]
    suspected = (INSPEKTORAT,) if conflict and conflict.kind in ("rhetoric", "favour", "doubt") else ()
    codes = dict.fromkeys(reading.location.placed(code) for code in (*suspected, *best.besides, *likely, *second))
    return tuple(c for c in codes if c not in (opd, DESK, KECAMATAN))[:_MOST_ALSO] if opd != DESK else ()


def top_of(
    letter: Letter,
    opd: str,
    ranked: list[Candidate],
    reading: Reading,
    out: frozenset[str],
    table: RoutingTable,
) -> tuple[tuple[str, float], ...]:
    """Codes with their probabilities, opd's own first; at least three real departments, if as many are allowed."""
    scores = _shared(letter, opd, ranked, reading, table)
    scores = {code: score for code, score in scores.items() if code not in out}
    spare = _spare(opd, ranked, reading, table)
    weakest = min(scores.values(), default=1.0)  # what stands in the text comes before what it only hints at
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
    """A kecamatan that is not sure is shared out to those that any name could mean.

    KEC and the kecamatan's own code are one office where the place is known: their probabilities are added.
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


def _spare(
    opd: str, ranked: list[Candidate], reading: Reading, table: RoutingTable
) -> Iterator[tuple[str, float]]:
    """Further departments, needed where fewer than three have a score: first those that anything hints at."""
    second = (code for c in ranked for code in (*c.besides, *table.categories[c.category].also))
    yield from ((code, _FAINT) for code in dict.fromkeys((*second, *_whispered(reading, table))))
    usual = _USUAL_FOR_KECAMATAN if is_kecamatan(opd) else _USUAL
    others = (department.code for department in table.departments.assignable())
    yield from ((code, 0.0) for code in (*filter(None, [reading.location.department]), *usual, *_USUAL, *others))


def _whispered(reading: Reading, table: RoutingTable) -> Iterator[str]:
    """Owners of categories with a phrase that is not enough by itself."""
    phrases = table.phrases.rows
    for phrase in (phrases[match.phrase] for match in reading.said):
        if phrase.kind != "not" and phrase.category != OTHER:
            yield table.categories[phrase.category].opd


def _is_real(code: str) -> bool:
    return code not in (DESK, KECAMATAN, EXTERNAL)
