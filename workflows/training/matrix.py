"""Texts as rows of numbers, with the same features that are looked up for a decision. Each feature has an
importance: how much it says about the department (“lubang” much, “mohon” and “sekali” next to nothing).
"""

from __future__ import annotations
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, sqrt
from typing import Any

from workflows.frozen import frozen
from workflows.routing.learned.classifier import grams, readable, words_and_pairs
from workflows.routing.text import Words
from workflows.training.labelled import is_name

_DOUBT = 10  # smoothing: texts in the usual shares of departments that are added for each feature
_ALL = 1.5  # nats: a feature that says this much has full importance
_LEAST = 0.1  # the importance of a feature that says nothing


def feature_importance(
    features: Sequence[Iterable[str]], labels: Sequence[str], known: Iterable[str]
) -> dict[str, float]:
    """A share from _LEAST to 1 for each known feature. `features`, `labels`: each text's features and department.
    The share grows with the Kullback–Leibler divergence of the departments of a feature's texts from those of all.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in known}
    for names, label in zip(features, labels, strict=True):
        for name in set(names) & counts.keys():
            counts[name][label] += 1
    usual = {label: count / len(labels) for label, count in Counter(labels).items()}
    return {name: _share(counted, usual) for name, counted in counts.items()}


def _share(counted: Counter[str], usual: Mapping[str, float]) -> float:
    told = min(1.0, _divergence(counted, usual) / _ALL)
    return _LEAST + (1 - _LEAST) * sqrt(told)


def _divergence(counted: Counter[str], usual: Mapping[str, float]) -> float:
    letters = counted.total() + _DOUBT
    shares = {label: (counted[label] + _DOUBT * share) / letters for label, share in usual.items()}
    return sum(share * log(share / usual[label]) for label, share in shares.items())


_FEWEST_WORDS, _FEWEST_GRAMS = 5, 25  # texts that a feature must occur in: rare words are often names
LENGTH_SCALE = 3.0  # bytes per unit of squared importance: the rarest strong feature has about 85 units


@frozen
class Seen:
    """What is read of one text."""

    words: Words
    hints: dict[str, float]


@frozen
class Vocabulary:
    """Features in order, words before n-grams, each with its squared importance as stored."""

    words: dict[str, int]
    grams: dict[str, int]
    hints: dict[str, int]
    lengths: list[int]

    @property
    def size(self) -> int:
        """Number of columns of the matrix."""
        return len(self.lengths) + len(self.hints)


def vocabulary(seen: Sequence[Seen], labels: Sequence[str]) -> Vocabulary:
    """The features that occur in enough texts; `labels`: the texts' departments."""
    words, word_lengths = _known([_words_of(s.words) for s in seen], labels, _FEWEST_WORDS)
    pieces, piece_lengths = _known([list(dict.fromkeys(_grams_of(s.words))) for s in seen], labels, _FEWEST_GRAMS)
    names = sorted({name for s in seen for name in s.hints})
    return Vocabulary(
        {name: number for number, name in enumerate(words)},
        {name: number for number, name in enumerate(pieces, start=len(words))},
        {name: number for number, name in enumerate(names, start=len(words) + len(pieces))},
        [*word_lengths, *piece_lengths],
    )


def _known(features: list[list[str]], labels: Sequence[str], fewest: int) -> tuple[list[str], list[int]]:
    """(features that are common enough, in order; the length of each)."""
    counts = _often(features, fewest)
    shares = feature_importance(features, labels, counts)
    return list(counts), [_length(count, len(labels), shares[name]) for name, count in counts.items()]


def matrix(seen: Sequence[Seen], known: Vocabulary) -> Any:
    """One sparse row per text (CSR, float32): importance divided by the text's length, then the
    hints unchanged.
    """
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
    inner = [known.grams[g] for g in _grams_of(letter.words) if g in known.grams]
    yield from _scaled(outer, known)
    yield from _scaled(inner, known)
    yield from ((known.hints[name], value) for name, value in letter.hints.items() if name in known.hints and value)


def _scaled(columns: list[int], known: Vocabulary) -> Iterable[tuple[int, float]]:
    length = sqrt(sum(known.lengths[c] for c in columns) / LENGTH_SCALE)
    return ((c, importance(known.lengths[c]) / length) for c in columns)


def importance(length: int) -> float:
    """Rarity times importance of a feature, from its stored byte."""
    return sqrt(length / LENGTH_SCALE)


def _length(count: int, letters: int, share: float) -> int:
    rare = (log((1 + letters) / (1 + count)) + 1) * share
    return max(1, min(255, round(rare * rare * LENGTH_SCALE)))


def _words_of(words: Words) -> list[str]:
    """A text's words and pairs, without those that contain a name."""
    names = set(filter(is_name, words.tokens))
    return [feature for feature in words_and_pairs(words) if names.isdisjoint(feature.split(" "))]


def _grams_of(words: Words) -> Iterator[str]:
    """The n-grams of a text's distinct words, without those of names."""
    for word in dict.fromkeys(readable(words)):
        if not is_name(word):
            yield from grams(word)


def _often(found: Iterable[Iterable[str]], fewest: int) -> dict[str, int]:
    counted = Counter(feature for features in found for feature in features)
    return {feature: n for feature, n in sorted(counted.items()) if n >= fewest and "\n" not in feature}
