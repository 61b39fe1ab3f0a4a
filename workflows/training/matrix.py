"""Letters as rows of numbers, by the very features that are looked up when a letter is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from workflows.routing.learned.features import grams, readable, words_and_pairs
from workflows.routing.text import Words

_FEWEST_WORDS, _FEWEST_GRAMS = 5, 25  # letters that a feature must stand in: rare words are often names
LENGTH_SCALE = 3.0  # bytes a unit of squared rarity: the rarest feature is near 85 units


@dataclass(frozen=True)
class Seen:
    """What is looked at of one letter."""

    words: Words
    hints: dict[str, float]


@dataclass(frozen=True)
class Vocabulary:
    """Features in their order, words before grams, each with its squared rarity as the byte it is stored in."""

    words: dict[str, int]
    grams: dict[str, int]
    hints: dict[str, int]
    lengths: list[int]

    @property
    def size(self) -> int:
        """Columns of the matrix."""
        return len(self.lengths) + len(self.hints)


def vocabulary(seen: Sequence[Seen]) -> Vocabulary:
    """The features that stand in enough of the letters."""
    words = _often((words_and_pairs(s.words) for s in seen), _FEWEST_WORDS)
    pieces = _often(({g for word in readable(s.words) for g in grams(word)} for s in seen), _FEWEST_GRAMS)
    names = sorted({name for s in seen for name in s.hints})
    lengths = [_length(count, len(seen)) for count in (*words.values(), *pieces.values())]
    first = dict(zip(words, range(len(words)), strict=True))
    second = dict(zip(pieces, range(len(words), len(lengths)), strict=True))
    return Vocabulary(first, second, dict(zip(names, range(len(lengths), 10**9), strict=False)), lengths)


def matrix(seen: Sequence[Seen], known: Vocabulary) -> Any:
    """A sparse row a letter (CSR, float32): rarity divided by the letter's length, then hints as they are."""
    import numpy as np
    from scipy.sparse import csr_matrix

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for letter in seen:
        for column, value in _row(letter, known):
            columns.append(column)
            values.append(value)
        ends.append(len(columns))
    made = csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=(len(seen), known.size))
    made.sum_duplicates()
    return made


def _row(letter: Seen, known: Vocabulary) -> Iterable[tuple[int, float]]:
    outer = [known.words[f] for f in words_and_pairs(letter.words) if f in known.words]
    inside = (g for word in dict.fromkeys(readable(letter.words)) for g in grams(word))
    inner = [known.grams[g] for g in inside if g in known.grams]
    yield from _scaled(outer, known)
    yield from _scaled(inner, known)
    yield from (
        (known.hints[name], value) for name, value in letter.hints.items() if name in known.hints and value
    )


def _scaled(columns: list[int], known: Vocabulary) -> Iterable[tuple[int, float]]:
    length = sqrt(sum(known.lengths[c] for c in columns) / LENGTH_SCALE)
    return ((c, rarity(known.lengths[c]) / length) for c in columns)


def rarity(length: int) -> float:
    """The rarity of a feature by its stored byte."""
    return sqrt(length / LENGTH_SCALE)


def _length(count: int, letters: int) -> int:
    rare = log((1 + letters) / (1 + count)) + 1
    return max(1, min(255, round(rare * rare * LENGTH_SCALE)))


def _often(found: Iterable[Iterable[str]], fewest: int) -> dict[str, int]:
    counted = Counter(feature for features in found for feature in features)
    return {feature: n for feature, n in sorted(counted.items()) if n >= fewest and "\n" not in feature}
