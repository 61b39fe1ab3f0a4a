"""Finds many phrases in one pass over the words of a text.

A phrase is words in a row (`lampu jalan`), or parts joined by `+` that stand close together in any order
(`lampu + mati`); always in one sentence, for what sentences say together does not hang on which comes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from workflows.routing.text import Lexicon, Words

_CLOSE = 7  # words between the parts of one phrase
_MANY = 100  # words of a text that may begin a phrase
_MOST = 300  # of them that are looked at: no letter of 5,000 characters has as many
_MOST_SPOTS = 12  # a part said more often is looked at no further: time stays linear in the text


class Match(NamedTuple):
    """Phrase number `phrase` stands at words[start:end]; a phrase may be found more than once."""

    phrase: int
    start: int
    end: int


class _Spot(NamedTuple):
    start: int
    end: int
    sentence: int


class _Part(NamedTuple):
    tokens: tuple[str, ...]
    number: int


class Matcher:
    """Precompiled phrases; find() gives every place where one of them stands."""

    def __init__(self, patterns: Sequence[str], lexicon: Lexicon) -> None:
        self._starts: dict[tuple[str, ...], list[_Part]] = {}  # by the first word or the first two
        self._parts: list[tuple[int, ...]] = []
        numbers: dict[tuple[str, ...], int] = {}
        for parts in lexicon.phrases(patterns):
            self._parts.append(tuple(self._number(tokens, numbers) for tokens in parts))
        self._first = {tokens[0] for tokens in numbers}
        self._users = _users(self._parts)

    def _number(self, tokens: tuple[str, ...], numbers: dict[tuple[str, ...], int]) -> int:
        number = numbers.get(tokens)
        if number is None:
            number = numbers[tokens] = len(numbers)
            self._starts.setdefault(tokens[:2], []).append(_Part(tokens, number))
        return number

    def find(self, words: Words) -> list[Match]:
        """Every match in the order of phrase numbers, then of places."""
        if self._first.isdisjoint(words.tokens):
            return []
        spots = self._spots(words)
        matches: list[Match] = []
        for number, places in spots.items():
            for index in self._users.get(number, ()):
                if len(self._parts[index]) == 1:
                    matches += [Match(index, place.start, place.end) for place in places]
                else:
                    matches += self._joined(index, spots)
        return sorted(matches, key=itemgetter(0))

    def _spots(self, words: Words) -> dict[int, list[_Spot]]:
        """Where each part stands, whole in one sentence."""
        spots: dict[int, list[_Spot]] = {}
        first, starts, tokens, sentences = self._first, self._starts, words.tokens, words.sentences
        for start in _first_times([(place, token) for place, token in enumerate(tokens) if token in first]):
            for part in (*starts.get(tokens[start : start + 1], ()), *starts.get(tokens[start : start + 2], ())):
                end = start + len(part.tokens)
                if len(part.tokens) > 2 and tokens[start:end] != part.tokens:
                    continue
                spot = _Spot(start, end, sentences[start])
                places = spots.setdefault(part.number, [])
                if len(places) < _MOST_SPOTS and sentences[end - 1] == spot.sentence and spot not in places:
                    places.append(spot)
        return spots

    def _joined(self, index: int, spots: dict[int, list[_Spot]]) -> list[Match]:
        numbers = self._parts[index]
        if not all(number in spots for number in numbers):
            return []
        others = [spots[number] for number in numbers[1:]]
        spans = (_span(first, others) for first in spots[numbers[0]])
        return [Match(index, *span) for span in spans if span]


def _users(phrases: Sequence[tuple[int, ...]]) -> dict[int, list[int]]:
    """Part → the phrases that are looked at where it stands: each at the rarest of its parts."""
    often = Counter(chain.from_iterable(phrases))
    users: dict[int, list[int]] = defaultdict(list)
    for index, parts in enumerate(phrases):
        for rarest in parts[:1] if len(parts) < 2 else [min(parts, key=often.__getitem__)]:
            users[rarest].append(index)
    return dict(users)


def _first_times(spots: list[tuple[int, str]]) -> list[int]:
    """The places of words, but of a word that is said again and again only the first ones."""
    if len(spots) <= _MANY:
        return [place for place, _ in spots]
    seen: dict[str, list[int]] = {}
    for place, token in spots:
        seen.setdefault(token, []).append(place)
    return sorted(place for places in seen.values() for place in places[:_MOST_SPOTS])[:_MOST]


def _span(first: _Spot, others: list[list[_Spot]]) -> tuple[int, int] | None:
    low, high = first.start, first.end
    for places in others:
        near = [place for place in places if _stands_near(place, first)]
        if not near:
            return None
        best = min(near, key=lambda place: abs(place.start - first.start))
        low, high = min(low, best.start), max(high, best.end)
    return low, high


def _stands_near(place: _Spot, first: _Spot) -> bool:
    if place.sentence != first.sentence or place == first:
        return False
    return place.start - first.end <= _CLOSE and first.start - place.end <= _CLOSE
