"""Finds many phrases in one pass over the words of a text.

A phrase is words in a row (`lampu jalan`), or parts joined by `+` that stand close together in any order
(`lampu + mati`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workflows.routing.text import Lexicon, Words

_CLOSE = 7  # words between the parts of one phrase
_MANY = 100  # words of a text that may begin a phrase
_MOST_SPOTS = 12  # a part said more often is looked at no further: time stays linear in the text


class Match(NamedTuple):
    """Phrase number `phrase` stands at words[start:end]; a phrase may be found more than once."""

    phrase: int
    start: int
    end: int


class _Part(NamedTuple):
    tokens: tuple[str, ...]
    number: int


class Matcher:
    """Precompiled phrases; find() gives every place where one of them stands."""

    def __init__(self, patterns: Sequence[str], lexicon: Lexicon) -> None:
        self._starts: dict[tuple[str, ...], list[_Part]] = {}  # by the first word or the first two
        self._first: set[str] = set()
        self._users: list[list[int]] = []
        self._parts: list[tuple[int, ...]] = []
        numbers: dict[tuple[str, ...], int] = {}
        for index, pattern in enumerate(patterns):
            self._add(index, pattern, numbers, lexicon)

    def _add(self, index: int, pattern: str, numbers: dict[tuple[str, ...], int], lexicon: Lexicon) -> None:
        parts = [lexicon.phrase(part) for part in pattern.split("+")]
        mine: list[int] = []
        for tokens in filter(None, parts):
            if tokens not in numbers:
                numbers[tokens] = len(self._users)
                self._users.append([])
                self._starts.setdefault(tokens[:2], []).append(_Part(tokens, numbers[tokens]))
                self._first.add(tokens[0])
            self._users[numbers[tokens]].append(index)
            mine.append(numbers[tokens])
        self._parts.append(tuple(mine))

    def find(self, words: Words) -> list[Match]:
        """Every match in the order of phrase numbers, then of places."""
        if self._first.isdisjoint(words.tokens):
            return []
        spots = self._spots(words.tokens)
        candidates = {index for number in spots for index in self._users[number]}
        return [match for index in sorted(candidates) for match in self._joined(index, spots)]

    def _spots(self, tokens: tuple[str, ...]) -> dict[int, list[tuple[int, int]]]:
        spots: dict[int, list[tuple[int, int]]] = {}
        first, starts = self._first, self._starts
        for start in _first_times([(place, token) for place, token in enumerate(tokens) if token in first]):
            for part in (*starts.get(tokens[start : start + 1], ()), *starts.get(tokens[start : start + 2], ())):
                end = start + len(part.tokens)
                if len(part.tokens) > 2 and tokens[start:end] != part.tokens:
                    continue
                places = spots.setdefault(part.number, [])
                if len(places) < _MOST_SPOTS and (start, end) not in places:
                    places.append((start, end))
        return spots

    def _joined(self, index: int, spots: dict[int, list[tuple[int, int]]]) -> list[Match]:
        numbers = self._parts[index]
        if len(numbers) == 1:
            return [Match(index, start, end) for start, end in spots[numbers[0]]]
        if not all(number in spots for number in numbers):
            return []
        found = []
        for start, end in spots[numbers[0]]:
            span = _span(start, end, [spots[number] for number in numbers[1:]])
            if span:
                found.append(Match(index, *span))
        return found


def _first_times(spots: list[tuple[int, str]]) -> list[int]:
    """The places of words, but of a word that is said again and again only the first ones."""
    if len(spots) <= _MANY:
        return [place for place, _ in spots]
    seen: dict[str, list[int]] = {}
    for place, token in spots:
        seen.setdefault(token, []).append(place)
    return sorted(place for places in seen.values() for place in places[:_MOST_SPOTS])


def _span(start: int, end: int, others: list[list[tuple[int, int]]]) -> tuple[int, int] | None:
    low, high = start, end
    for places in others:
        near = [(s, e) for s, e in places if s - end <= _CLOSE and start - e <= _CLOSE and (s, e) != (start, end)]
        if not near:
            return None
        best = min(near, key=lambda place: abs(place[0] - start))
        low, high = min(low, best[0]), max(high, best[1])
    return low, high
