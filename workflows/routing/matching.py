"""Finds many phrases in one pass over the words of a text. A phrase is a sequence of words (`lampu jalan`), or
parts joined by `+` that are close together in any order (`lampu + mati`), always in one sentence. Also splits the
table's phrases into words as typed, vocabulary and canonical words.
"""

from __future__ import annotations
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from workflows.routing.text import SEALED_DIGITS, Lexicon, Words, fold

_CLOSE = 7  # words between the parts of one phrase
_MANY = 200  # number of words of a text that may begin a phrase
_MOST = 600  # the most of them that are searched: more than any text of 5,000 characters has
_MOST_SPOTS = 12  # further repetitions of a part are ignored: time stays linear in the text


class Match(NamedTuple):
    """Phrase number `phrase` is at words[start:end]; a phrase may be found more than once."""

    phrase: int
    start: int
    end: int


class _Spot(NamedTuple):
    start: int
    end: int
    sentence: int


Part = tuple[str, ...]  # its words
Phrase = Sequence[Part]


class Matcher:
    """Precompiled phrases; find() returns every place where one of them is."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        numbers: dict[Part, int] = {}
        for part in chain.from_iterable(phrases):
            numbers.setdefault(part, len(numbers))
        self._parts = [tuple([numbers[part] for part in parts]) for parts in phrases]
        self._users = _users(self._parts, len(numbers))
        self._starts: dict[str, dict[str, list[tuple[Part, int]]]] = {}  # by the first word, then the second or ""
        for part, number in numbers.items():
            by_second = self._starts.setdefault(part[0], {})
            by_second.setdefault(part[1] if len(part) > 1 else "", []).append((part, number))

    def find(self, words: Words) -> list[Match]:
        """Every match, ordered by phrase number, then by place."""
        spots = self._spots(words)
        matches: list[Match] = []
        for number, places in spots.items():
            for index in self._users[number]:
                if len(self._parts[index]) == 1:
                    matches += [Match(index, start, end) for start, end, _ in places]
                else:
                    matches += self._joined(index, spots)
        matches.sort(key=itemgetter(0))
        return matches

    def _spots(self, words: Words) -> dict[int, list[_Spot]]:
        """The places of each part, complete within one sentence."""
        spots: dict[int, list[_Spot]] = {}
        starts, tokens, sentences = self._starts, words.tokens, words.sentences
        following = (*tokens[1:], "\n")
        for start in _first_times([(place, token) for place, token in enumerate(tokens) if token in starts]):
            by_second = starts[tokens[start]]
            for part, number in (*by_second.get("", ()), *(by_second.get(following[start]) or ())):
                end = start + len(part)
                if sentences[end - 1 : end] == (sentences[start],) and tokens[start:end] == part:
                    places = spots.setdefault(number, [])
                    if len(places) < _MOST_SPOTS:
                        places.append(_Spot(start, end, sentences[start]))
        return spots

    def _joined(self, index: int, spots: dict[int, list[_Spot]]) -> list[Match]:
        numbers = self._parts[index]
        if not all(number in spots for number in numbers):
            return []
        others = [spots[number] for number in numbers[1:]]
        spans = (_span(first, others) for first in spots[numbers[0]])
        return [Match(index, *span) for span in spans if span]


def _users(phrases: Sequence[tuple[int, ...]], parts: int) -> list[list[int]]:
    """For each part, the phrases to be checked where it is found: each phrase is listed at its rarest part."""
    often = Counter(chain.from_iterable(phrases))
    users: list[list[int]] = [[] for _ in range(parts)]
    for index, numbers in enumerate(phrases):
        if numbers:
            users[numbers[0] if len(numbers) == 1 else min(numbers, key=often.__getitem__)].append(index)
    return users


def _first_times(spots: list[tuple[int, str]]) -> list[int]:
    """The places of words; of a word that is repeated often only the first ones."""
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


_WORD_OR_BREAK = re.compile(f"[a-z{SEALED_DIGITS}]+|[+\\n]")
_BREAKS = frozenset("+\n")


def cut_phrases(phrases: Iterable[str]) -> list[str]:
    """The words of phrases as typed, with `+` between the parts of one phrase and a line break after each one."""
    return _WORD_OR_BREAK.findall(fold("\n".join([phrase.replace("\n", " ") for phrase in phrases]) + "\n"))


def vocabulary(pieces: Iterable[str], slang: Mapping[str, str]) -> set[str]:
    """All words of split phrases, slang replaced by its meaning."""
    known: set[str] = set()
    for word in set(pieces) - _BREAKS:
        known.update(slang[word].split() if word in slang else (word,))
    return known


def canonical_phrases(pieces: Sequence[str], lexicon: Lexicon) -> list[list[Part]]:
    """The canonical words of each part of each split phrase; no part is empty. Formulas are kept: in a phrase
    every word counts.
    """
    meant = {word: lexicon.meaning(word) for word in set(pieces) - _BREAKS}
    phrases: list[list[Part]] = []
    parts: list[Part] = []
    tokens: list[str] = []
    for piece in pieces:
        if piece not in _BREAKS:
            tokens += [token for token in meant[piece] if not tokens or token != tokens[-1]]
            continue
        if tokens:
            parts.append(tuple(tokens))
            tokens = []
        if piece == "\n":
            phrases.append(parts)
            parts = []
    return phrases
