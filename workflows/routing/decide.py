"""The decision: which department, how sure, and why, in words an operator can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.routing.conflict import Conflict, find_conflict
from workflows.routing.model import DESK, EXTERNAL, KECAMATAN, Decision, Letter
from workflows.routing.places import Location, department_of
from workflows.routing.ranking import OTHER, Candidate, rank
from workflows.routing.table import RoutingTable
from workflows.routing.text import Words
from workflows.routing.verdict import accused, kept_out, weigh

_ENOUGH = 3.0  # a lower score says nothing: an operator reads the text
_SURE_SCORE = 6.0
_SURE_SHARE = 0.45
_UNKNOWN = 3.0  # what may speak for a department that no phrase names
_CLOSE_SECOND = 0.7
_MOST_ALSO = 3
_MOST_TOP = 5
_REAL = 3
_USUAL = ("DISKOMINFO", "SATPOLPP", "PUPR", "BKPSDM", "KESBANGPOL")
_USUAL_FOR_KECAMATAN = ("DISDUKCAPIL", "DISKOMINFO", "BKPSDM", "SETDA")
_FAINT = 0.2  # what a category's second owner, or a phrase that is not enough, is worth of a full score


def decide(letter: Letter, table: RoutingTable) -> Decision:
    """Where the letter goes by that table alone; the same letter and table decide alike, and no text raises."""
    words, place = table.lexicon.read(letter.text), table.lexicon.read(letter.place)
    location = table.areas.find(letter.text, letter.place, letter.kelurahan)
    conflict = find_conflict(words, table)
    ranked = weigh(rank(words, place, location, table), conflict, location)
    best = _best(ranked)
    return _decision(best, ranked, words, location, conflict, table, _named(letter, best, location, table))


def _named(letter: Letter, best: Candidate, location: Location, table: RoutingTable) -> tuple[str, ...]:
    """The kecamatan offices to choose from where the matter is one's and its place is not sure."""
    if best.opd != KECAMATAN or location.department:
        return ()
    return tuple(map(department_of, table.areas.anywhere(letter.text, letter.place, letter.kelurahan)))


def _best(ranked: list[Candidate]) -> Candidate:
    if ranked and ranked[0].score >= _ENOUGH:
        return ranked[0]
    return Candidate(DESK, 0.0, OTHER, ("tidak cukup kata yang menunjuk satu OPD",), None, False)


def _decision(
    best: Candidate,
    ranked: list[Candidate],
    words: Words,
    location: Location,
    conflict: Conflict | None,
    table: RoutingTable,
    named: tuple[str, ...],
) -> Decision:
    accuses = accused(conflict, location)
    out = kept_out(accuses)
    opd = _placed(best.opd, location)
    category = table.categories[best.category]
    dangers = list(dict.fromkeys(danger.label for danger in table.dangers.found(words)))
    return Decision(
        opd=opd,
        category=category.code,
        also=_also(opd, best, ranked, location, out),
        top=_top(opd, _choices(ranked, location, named, out), _spare(opd, ranked, words, location, table), out),
        confident=_confident(opd, best, ranked),
        why=_why(best, location, dangers),
        urgent=bool(dangers),
        restricted=category.restricted,
        accuses=accuses,
        version=table.version,
        external=_institution(opd, best, words, table),
        reason_public=category.label_id,
    )


def _placed(opd: str, location: Location) -> str:
    return (location.department or KECAMATAN) if opd == KECAMATAN else opd


def _share(candidate: Candidate, ranked: list[Candidate]) -> float:
    return round(candidate.score / (sum(c.score for c in ranked[:_MOST_TOP]) + _UNKNOWN), 3)


def _confident(opd: str, best: Candidate, ranked: list[Candidate]) -> bool:
    if opd in (DESK, KECAMATAN) or not best.certain:
        return False
    return best.score >= _SURE_SCORE and _share(best, ranked) >= _SURE_SHARE


def _choices(
    ranked: list[Candidate], location: Location, named: tuple[str, ...], out: frozenset[str]
) -> dict[str, float]:
    """Codes with their shares; a kecamatan that is not sure is shared out to those that any name could mean."""
    scores = {_placed(c.opd, location): _share(c, ranked) for c in ranked[:_MOST_TOP] if c.opd != DESK}
    scores = {code: score for code, score in scores.items() if code not in out}
    if KECAMATAN not in scores:
        return scores
    likeliest = named[:_REAL]
    return {code: round(scores[KECAMATAN] / len(likeliest), 3) for code in likeliest} | scores


def _top(
    opd: str, scores: dict[str, float], spare: Iterator[tuple[str, float]], out: frozenset[str]
) -> tuple[tuple[str, float], ...]:
    weakest = min(scores.values(), default=1.0)  # what stands in the text comes before what it only hints at
    while sum(map(_is_real, scores)) < _REAL:
        code, score = next(spare)
        if _is_real(code) and code not in out:
            scores.setdefault(code, min(score, weakest))
    unplaced = opd == KECAMATAN
    ordered = sorted(scores.items(), key=lambda entry: -entry[1])
    return tuple(sorted(ordered, key=lambda entry: (entry[0] != opd, unplaced and not _is_kecamatan(entry[0]))))


def _is_kecamatan(code: str) -> bool:
    return code.startswith(KECAMATAN + "-")


def _spare(
    opd: str, ranked: list[Candidate], words: Words, location: Location, table: RoutingTable
) -> Iterator[tuple[str, float]]:
    """Further departments, needed where fewer than three have a score: first those that anything hints at."""
    hints = _hints(ranked, words, table)
    yield from sorted(hints.items(), key=lambda hint: (-hint[1], hint[0]))
    usual = _USUAL_FOR_KECAMATAN if opd.startswith(KECAMATAN) else _USUAL
    yield from ((code, 0.0) for code in (*filter(None, [location.department]), *usual, *_USUAL))


def _hints(ranked: list[Candidate], words: Words, table: RoutingTable) -> dict[str, float]:
    """Second owners of the candidates' categories, and owners of categories with a phrase that is not enough."""
    total = sum(c.score for c in ranked[:_MOST_TOP]) + _UNKNOWN
    hints: dict[str, float] = {}
    for candidate in ranked:
        for code in (*candidate.besides, *table.categories[candidate.category].also):
            hints[code] = max(hints.get(code, 0.0), candidate.score)
    for phrase in table.phrases.found(words):
        if phrase.kind != "not" and phrase.category != OTHER:
            code = table.categories[phrase.category].opd
            hints[code] = max(hints.get(code, 0.0), phrase.weight)
    return {code: round(score * _FAINT / total, 3) for code, score in hints.items()}


def _is_real(code: str) -> bool:
    return code not in (DESK, KECAMATAN, EXTERNAL)


def _also(
    opd: str, best: Candidate, ranked: list[Candidate], location: Location, out: frozenset[str]
) -> tuple[str, ...]:
    close = (c.opd for c in ranked if opd != DESK and c.score >= best.score * _CLOSE_SECOND)
    codes = dict.fromkeys(_placed(code, location) for code in (*best.besides, *close))
    return tuple(c for c in codes if c not in (opd, DESK, KECAMATAN) and c not in out)[:_MOST_ALSO]


def _why(best: Candidate, location: Location, dangers: Iterable[str]) -> tuple[str, ...]:
    place = f"lokasi: {location.label}" if location.label else "kelurahan dan kecamatan belum diketahui"
    return (*dict.fromkeys(best.why), place, *(f"mendesak: {danger}" for danger in dangers))


def _institution(opd: str, best: Candidate, words: Words, table: RoutingTable) -> str | None:
    if opd != EXTERNAL:
        return None
    return best.external or next(iter(table.outsiders.found(words)), None)
