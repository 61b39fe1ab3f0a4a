"""The classifier: from a text's features (words, pairs of neighbours, letter n-grams) to probabilities by
department, kind, urgency and accusation. To be fast in plain Python, a row of small weights is one big integer:
adding rows is one addition.

The file of learned weights and its reader. First line: JSON (Header). Then one line per feature: words and
pairs, then n-grams. Then the matrix: one row of bytes per feature; its first byte is the feature's part of the
text's length, the others are weights (128 = zero).
"""

from __future__ import annotations
import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field
from math import exp, sqrt
from operator import add

from workflows.frozen import frozen
from workflows.routing.text import Words

FORMAT = 2
"""Increased whenever older code would misread a file; a file of another format is refused."""
MIDDLE = 128
"""The byte that stands for a weight of zero."""


class WeightsError(ValueError):
    """The file is truncated, changed or of another format."""


@frozen
class Header:
    """What the trainer says about its weights. `opd`, `kind`: codes whose lanes come first; the last two lanes are
    urgency and accusation. `bias`: a number per lane. `hints`: weights of the routing table's findings, a number
    per lane. `owners`: owner of each category at the time of training. `scale`: bytes per unit of weight.
    `length_scale`: bytes per unit of squared length. `sure`: probability from which no operator is needed.
    `urgent`: probability from which a text is urgent. `doubt`: probability of an accusation, or of the
    Inspektorat, from which an operator reads first.
    """

    opd: tuple[str, ...]
    kind: tuple[str, ...]
    bias: tuple[float, ...]
    hints: dict[str, tuple[float, ...]]
    owners: dict[str, str]
    scale: float
    length_scale: float
    sure: float
    urgent: float
    doubt: float
    words: int
    grams: int
    format: int = FORMAT

    @property
    def lanes(self) -> int:
        """Number of lanes of a row, without its first byte."""
        return len(self.opd) + len(self.kind) + 2


@frozen
class Weights:
    """Features by name with their rows. `checksum`: the file's SHA-256 in hex. `width`: bytes per row."""

    checksum: str
    header: Header
    words: dict[str, int]
    grams: dict[str, int]
    matrix: bytes = field(repr=False)
    width: int

    @property
    def version(self) -> str:
        """The name of these weights in a decision."""
        return self.checksum[:8]

    def row(self, number: int) -> bytes:
        """The bytes of one feature."""
        return self.matrix[number * self.width : (number + 1) * self.width]

    def weight(self, number: int, lane: int) -> float:
        """One weight, not yet divided by the text's length."""
        return (self.row(number)[lane + 1] - MIDDLE) / self.header.scale


def read_weights(data: bytes) -> Weights:
    """The weights from a file's bytes; WeightsError when the file is incomplete."""
    try:
        line, rest = data.split(b"\n", 1)
        header = _header(json.loads(line))
        count = header.words + header.grams
        size = count * (header.lanes + 1)
        names = rest[: len(rest) - size].decode().split("\n")
    except (ValueError, TypeError, KeyError) as error:
        raise WeightsError(f"not a file of weights: {error}") from error
    if len(names) != count + 1 or names[-1]:
        raise WeightsError(f"{len(names) - 1} features instead of {count}")
    words = dict(zip(names[: header.words], range(header.words), strict=True))
    grams = dict(zip(names[header.words : -1], range(header.words, count), strict=True))
    matrix = rest[len(rest) - size :]
    return Weights(hashlib.sha256(data).hexdigest(), header, words, grams, matrix, header.lanes + 1)


def write_weights(header: Header, names: list[str], rows: list[bytes]) -> bytes:
    """The bytes of a file; the inverse of read_weights."""
    line = json.dumps(asdict(header), separators=(",", ":"), sort_keys=True)
    return "\n".join([line, *names, ""]).encode() + b"".join(rows)


def _header(values: object) -> Header:
    if not isinstance(values, dict):
        raise WeightsError("its first line is no JSON object")
    if values.get("format") != FORMAT:
        raise WeightsError(f"format {values.get('format')} instead of {FORMAT}")
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    header = Header(**(values | lists))
    if any(len(lanes) != header.lanes for lanes in (header.bias, *header.hints.values())):
        raise WeightsError(f"its hints are not of {header.lanes} lanes")
    return header


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


@frozen
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
