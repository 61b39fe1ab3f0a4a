"""How strongly the words of a text speak for each category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from workflows.routing.matching import Match
from workflows.routing.table import Phrase, RoutingTable
from workflows.routing.text import Words

_FURTHER = 0.6  # each further phrase of a category counts this much of the one before
_LANDMARK = frozenset(
    ("tepi", "pinggir", "depan", "dekat", "samping", "belakang", "sebelah", "seberang", "utara", "selatan")
)
_LANDMARK_WEIGHT = 0.35  # “di depan sekolah” tells the place, not the matter

_Hit = tuple[float, Phrase, Match]


@dataclass(frozen=True)
class Evidence:
    """A category's score (0 and up; 5 is one telling phrase) and the phrases that made it, strongest first."""

    category: str
    score: float
    phrases: tuple[str, ...]


def score_categories(words: Words, matches: Iterable[Match], table: RoutingTable) -> list[Evidence]:
    """The categories that any phrase speaks for, best first, ties in the order of their codes.

    matches: where phrases of categories stand in the words.
    """
    by_category: dict[str, list[_Hit]] = defaultdict(list)
    for match in _first_places(matches):
        phrase = table.phrases.rows[match.phrase]
        by_category[phrase.category].append((phrase.weight * _emphasis(match, words), phrase, match))
    scored = [_evidence(category, hits, table) for category, hits in by_category.items()]
    return sorted((e for e in scored if e.score > 0), key=lambda e: (-e.score, e.category))


def _first_places(matches: Iterable[Match]) -> list[Match]:
    places: dict[int, Match] = {}
    for match in matches:
        places.setdefault(match.phrase, match)
    return list(places.values())


def _emphasis(match: Match, words: Words) -> float:
    before = words.tokens[max(match.start - 2, 0) : match.start]
    return _LANDMARK_WEIGHT if _LANDMARK.intersection(before) else 1.0


def _evidence(category: str, hits: list[_Hit], table: RoutingTable) -> Evidence:
    speaking = _apart(hit for hit in hits if hit[1].kind != "not")
    against = sum(weight for weight, phrase, _ in hits if phrase.kind == "not")
    score = sum(weight * _FURTHER**rank for rank, (weight, _, _) in enumerate(speaking)) - against
    if category in table.demanding and not any(phrase.kind == "must" for _, phrase, _ in speaking):
        score = 0.0
    return Evidence(category, score, tuple(phrase.text for _, phrase, _ in speaking))


def _apart(hits: Iterable[_Hit]) -> list[_Hit]:
    """Strongest first; what stands inside a stronger phrase adds nothing."""
    chosen: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (-h[0], h[2].start - h[2].end, h[1].text)):
        match = hit[2]
        if not any(kept.start <= match.start and match.end <= kept.end for _, _, kept in chosen):
            chosen.append(hit)
    return chosen
