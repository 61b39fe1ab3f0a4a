"""How strongly the words of a text support each category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from workflows.routing.matching import Match
from workflows.routing.table import Phrase, RoutingTable
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
