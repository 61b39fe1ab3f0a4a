"""From words to departments: how strongly a text supports each category, then owners, exceptions, roads of other
governments, offices named in the text.
"""

from __future__ import annotations
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from workflows.routing.columns import MAYOR, SEKDA
from workflows.routing.matching import Match
from workflows.routing.model import DESK, EXTERNAL, KECAMATAN
from workflows.routing.places import Location
from workflows.routing.table import Detour, Phrase, Road, RoutingTable
from workflows.routing.text import Words

_FURTHER = 0.6  # each further phrase of a category counts this share of the one before
_LANDMARK = frozenset(
    ("tepi", "pinggir", "depan", "dekat", "samping", "belakang", "sebelah", "seberang", "utara", "selatan")
)
_LANDMARK_WEIGHT = 0.35  # “di depan sekolah” says where, not what


class _Hit(NamedTuple):
    """A phrase at its places, with its weight if no stronger phrase covers it."""

    weight: float
    phrase: Phrase
    spots: list[Match]


class Evidence(NamedTuple):
    """A category's score (≥ 0; 5 is one clear phrase) and the phrases behind it, strongest first."""

    category: str
    score: float
    phrases: tuple[str, ...]


def score_categories(words: Words, matches: Iterable[Match], table: RoutingTable) -> list[Evidence]:
    """Categories with at least one phrase found, best first, ties by code. `matches`: places of categories'
    phrases in the words.
    """
    places: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        places[match.phrase].append(match)
    by_category: dict[str, list[_Hit]] = defaultdict(list)
    for number, spots in places.items():
        phrase = table.phrases.rows[number]
        by_category[phrase.category].append(_hit(phrase, spots, words))
    scored = [_evidence(category, hits, table) for category, hits in by_category.items()]
    return sorted((e for e in scored if e.score > 0), key=lambda e: (-e.score, e.category))


def _hit(phrase: Phrase, spots: list[Match], words: Words) -> _Hit:
    """A repeated phrase counts once, at its strongest place."""
    return _Hit(phrase.weight * max(_emphasis(match, words) for match in spots), phrase, spots)


def _emphasis(match: Match, words: Words) -> float:
    sentence = words.sentences[match.start]
    before = range(max(match.start - 2, 0), match.start)
    told = any(words.tokens[place] in _LANDMARK and words.sentences[place] == sentence for place in before)
    return _LANDMARK_WEIGHT if told else 1.0


def _evidence(category: str, hits: list[_Hit], table: RoutingTable) -> Evidence:
    speaking = _apart(hit for hit in hits if hit.phrase.kind != "not")
    against = sum(hit.weight for hit in hits if hit.phrase.kind == "not")
    score = sum(hit.weight * _FURTHER**rank for rank, hit in enumerate(speaking)) - against
    if category in table.demanding and not any(hit.phrase.kind == "must" for hit in speaking):
        score = 0.0
    return Evidence(category, score, tuple(hit.phrase.text for hit in speaking))


def _apart(hits: Iterable[_Hit]) -> list[_Hit]:
    """Strongest first; a hit only inside stronger phrases adds nothing."""
    chosen: list[_Hit] = []
    kept: list[Match] = []
    for hit in sorted(hits, key=lambda h: (-h.weight, -_longest(h), h.phrase.text)):
        if not all(any(_inside(spot, place) for place in kept) for spot in hit.spots):
            chosen.append(hit)
            kept += hit.spots
    return chosen


def _longest(hit: _Hit) -> int:
    return max(spot.end - spot.start for spot in hit.spots)


def _inside(spot: Match, place: Match) -> bool:
    return place.start <= spot.start and spot.end <= place.end


_SECOND_CATEGORY = 0.35  # share of its further categories that a department adds to its best one
_OFFICE_NAMED = 2.0
_ROAD_CATEGORIES = ("jalan_rusak", "jalan_non_kota")
OTHER = "lainnya"
_NO_MATTER = {KECAMATAN, SEKDA, MAYOR, "SETDA", "INSPEKTORAT"}  # naming them says nothing about the matter
PUNGLI = "pungli"


class Candidate(NamedTuple):
    """A department (or EXTERNAL, KEC) with its score, its best category and the sentences that explain it."""

    opd: str
    score: float
    category: str
    why: tuple[str, ...]
    external: str | None = None
    certain: bool = True
    besides: tuple[str, ...] = ()
    moved: str = ""  # why the owner changed: "words" or "place" of an exception, or another government's "road"


def rank(
    evidence: list[Evidence],
    detours: Sequence[Detour],
    roads: Sequence[Road],
    offices: Collection[str],
    location: Location,
    table: RoutingTable,
) -> list[Candidate]:
    """Every department with any support, best first; KEC is not yet replaced by a kecamatan's own code. `detours`:
    exceptions that apply; the first one of a category counts. `roads`: others' roads in the text or the place
    field. `offices`: codes that the words name. DESK stands for praise and small talk.
    """
    best: dict[str, Candidate] = {}
    road = next(iter(roads), None)
    moved = {detour.category: detour for detour in reversed(detours)}
    for speaking in evidence:
        _add(best, _candidate(speaking, moved.get(speaking.category), road, table))
    for code in sorted(set(offices) - _NO_MATTER):
        _add(best, Candidate(code, _OFFICE_NAMED, table.usual.get(code, OTHER), (_named(code, table),)))
    if location.outside:
        best = {EXTERNAL: _outside(location.outside, best, table)} | _without(best, EXTERNAL)
    return sorted(best.values(), key=lambda c: (-c.score, c.opd))


def _add(best: dict[str, Candidate], new: Candidate) -> None:
    old = best.get(new.opd)
    if old is None:
        best[new.opd] = new
        return
    first, second = (old, new) if old.category != OTHER else (new, old)
    score = first.score + second.score * (_SECOND_CATEGORY if second.why[:1] != first.why[:1] else 0.0)
    best[new.opd] = first._replace(score=score, why=(*first.why, *second.why)[:4])


def _candidate(evidence: Evidence, detour: Detour | None, road: Road | None, table: RoutingTable) -> Candidate:
    category = table.categories[evidence.category]
    why: tuple[str, ...] = ("menyebut " + ", ".join(f"“{phrase}”" for phrase in evidence.phrases[:3]),)
    if detour:
        reason = f"“{detour.text}”" if detour.text else f"Kec. {detour.kecamatan}"
        why = (*why, f"{reason} menjadi urusan {table.departments[detour.opd].short}")
        moved = "place" if detour.kecamatan else "words"
        return Candidate(detour.opd, evidence.score, category.code, why, detour.external, True, (category.opd,), moved)
    if road and category.code in _ROAD_CATEGORIES:
        why = (*why, f"{road.name} bukan jalan kota")
        return Candidate(EXTERNAL, evidence.score, category.code, why, road.authority, road.certain, ("PUPR",), "road")
    owner = DESK if category.code == OTHER else category.opd
    return Candidate(owner, evidence.score, category.code, why, None, True, category.also)


def offices_named(cues: Iterable[Match], table: RoutingTable, kind: str = "office") -> frozenset[str]:
    """Codes of the offices that accusing words name, accused or not."""
    found = (table.cues.rows[match.phrase] for match in cues)
    return frozenset(cue.code for cue in found if cue.kind == kind and cue.code)


def _named(code: str, table: RoutingTable) -> str:
    return f"menyebut {table.departments[code].short}"


def _outside(code: str, best: dict[str, Candidate], table: RoutingTable) -> Candidate:
    highest = max((c.score for c in best.values()), default=3.0)
    why = (f"lokasi di luar Kota Tangerang: {table.institutions[code].name}",)
    return Candidate(EXTERNAL, highest * 1.5, "layanan_luar", why, code)


def _without(best: dict[str, Candidate], code: str) -> dict[str, Candidate]:
    return {opd: candidate for opd, candidate in best.items() if opd != code}
