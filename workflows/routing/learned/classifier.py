"""The classifier: from a text's features (words, pairs of neighbours, letter n-grams) to probabilities by
department, kind, urgency and accusation. To be fast in plain Python, a row of small weights is one big integer:
adding rows is one addition.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp, sqrt
from operator import add

from workflows.routing.learned.weights import MIDDLE, Weights
from workflows.routing.text import Words

_WIDTH = 4  # bytes of a lane: the sum of 16 million bytes fits


def widen(row: bytes) -> int:
    """A row of bytes as one integer, each byte in a wide lane of its own."""
    wide = bytearray(len(row) * _WIDTH)
    wide[::_WIDTH] = row
    return int.from_bytes(wide, "little")


def split(total: int, lanes: int) -> tuple[int, ...]:
    """The sums of the single lanes."""
    return struct.unpack(f"<{lanes}I", total.to_bytes(lanes * _WIDTH, "little"))


_SHORTEST, _LONGEST = 3, 5  # letters of an n-gram
_WORD_READ = 14  # letters of a word that are read


def readable(words: Words) -> tuple[str, ...]:
    """The words without codes, whose digits are sealed and mean nothing."""
    return words.tokens if all(map(str.isascii, words.tokens)) else tuple(filter(str.isascii, words.tokens))


def words_and_pairs(words: Words) -> list[str]:
    """The distinct words, and pairs of neighbours in a sentence (`lampu jalan`), without codes."""
    tokens, sentences = words.tokens, words.sentences
    if not all(map(str.isascii, tokens)):
        placed = [place for place in zip(tokens, sentences, strict=True) if place[0].isascii()]
        tokens, sentences = tuple(word for word, _ in placed), tuple(sentence for _, sentence in placed)
    neighbours = zip(tokens, tokens[1:], sentences, sentences[1:], strict=False)
    pairs = [f"{one} {other}" for one, other, here, there in neighbours if here == there]
    return [*dict.fromkeys(tokens), *dict.fromkeys(pairs)]


def grams(word: str) -> Iterator[str]:
    """The n-grams of three to five letters of one word, with its ends marked: `<la`, `lam`, …"""
    marked = f"<{word[:_WORD_READ]}>"
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]


_MAX_CACHED = 20_000  # words whose sums are cached
_MAX_WORDS = 200  # distinct words that are read: bounds the time for any text
_TELLING = 0.1  # a smaller weight explains nothing


@dataclass(frozen=True)
class Judgement:
    """`opd`: probability by code, summing to 1. `kinds`: score by kind. `urgent`, `accusing`: probabilities.
    `found`: known words and pairs with their rows. `length`: divisor of their weights.
    """

    opd: dict[str, float]
    kinds: dict[str, float]
    urgent: float
    accusing: float
    found: list[tuple[str, int]]
    length: float


class Classifier:
    """Applies one file of weights; safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._inside: dict[str, tuple[int, int]] = {}
        self._wide: dict[int, int] = {}

    def judge(self, words: Words, hints: Mapping[str, float]) -> Judgement:
        """Judge a text by its words and by what the routing table found (hints)."""
        header = self.weights.header
        known = self.weights.words
        found = [(name, known[name]) for name in words_and_pairs(words) if name in known]
        outer, length = self._summed(sum([self._row(number) for _, number in found]), len(found))
        inner, _ = self._summed(*self._inner(words))
        lanes = list(map(add, map(add, header.bias, outer), inner))
        for name, value in hints.items():
            if value and (row := header.hints.get(name)):
                lanes = [lane + weight * value for lane, weight in zip(lanes, row, strict=False)]
        return self._judgement(lanes, found, length)

    def _judgement(self, lanes: list[float], found: list[tuple[str, int]], length: float) -> Judgement:
        header = self.weights.header
        count = len(header.opd)
        opd = dict(zip(header.opd, lanes, strict=False))
        kinds = dict(zip(header.kind, lanes[count:], strict=False))
        urgent, accusing = map(_chance, lanes[-2:])
        return Judgement(_softmax(opd), kinds, urgent, accusing, found, length)

    def evidence(self, judgement: Judgement, code: str, most: int = 3) -> list[tuple[str, float]]:
        """The `most` words and pairs with the highest weight for a department compared with the average of all,
        strongest first.
        """
        header = self.weights.header
        if code not in header.opd or not judgement.found:
            return []
        lane, unit = header.opd.index(code), header.scale * judgement.length
        least = MIDDLE + _TELLING * unit
        at, width, matrix = lane + 1, self.weights.width, self.weights.matrix
        loud = [(name, number) for name, number in judgement.found if matrix[number * width + at] > least]
        rows = [(name, self.weights.row(number)) for name, number in loud]
        speaking = [(name, row[at] - _mean(row, len(header.opd))) for name, row in rows]
        weighed = [(name, weight / unit) for name, weight in speaking if weight > _TELLING * unit]
        return sorted(weighed, key=lambda entry: (-entry[1], entry[0]))[:most]

    def _row(self, number: int) -> int:
        wide = self._wide.get(number)
        if wide is None:
            wide = self._wide[number] = widen(self.weights.row(number))
        return wide

    def _inner(self, words: Words) -> tuple[int, int]:
        total = count = 0
        for word in list(dict.fromkeys(readable(words)))[:_MAX_WORDS]:
            part, rows = self._inside.get(word) or self._looked_into(word)
            total += part
            count += rows
        return total, count

    def _looked_into(self, word: str) -> tuple[int, int]:
        known = self.weights.grams
        rows = [known[gram] for gram in grams(word) if gram in known]
        summed = sum(widen(self.weights.row(number)) for number in rows), len(rows)
        if len(self._inside) >= _MAX_CACHED:
            self._inside.clear()
        self._inside[word] = summed
        return summed

    def _summed(self, total: int, count: int) -> tuple[list[float], float]:
        """The sums of the weights for a text of this length, and the length."""
        header = self.weights.header
        if not count:
            return [0.0] * header.lanes, 0.0
        squared, *sums = split(total, self.weights.width)
        length = sqrt(squared / header.length_scale)
        unit, none = length * header.scale, MIDDLE * count
        return [(value - none) / unit for value in sums], length


def _mean(row: bytes, count: int) -> float:
    return sum(row[1 : count + 1]) / count


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    highest = max(scores.values())
    powers = {code: exp(score - highest) for code, score in scores.items()}
    total = sum(powers.values())
    return {code: power / total for code, power in powers.items()}


def _chance(score: float) -> float:
    return 1 / (1 + exp(-min(max(score, -40.0), 40.0)))
