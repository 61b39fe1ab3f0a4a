"""Letters that are nearly the same: one must not teach what the other measures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from workflows.training.corpus import Corpus
from workflows.training.labelled import Labelled

_RUN = 6  # words in a row that two letters share by chance only rarely
_FEWEST = 5  # runs of a letter that can be compared at all
_SHARED = 0.5


def without_twins(corpus: Corpus) -> Corpus:
    """The corpus without the further letters that say half of what a measured one says, in the same words."""
    twins = {twin for twins in _twins(corpus.measured, corpus.others) for twin in twins}
    return Corpus(corpus.measured, [letter for n, letter in enumerate(corpus.others) if n not in twins])


def _twins(measured: Sequence[Labelled], others: Sequence[Labelled]) -> list[set[int]]:
    holders: dict[str, set[int]] = defaultdict(set)
    for number, letter in enumerate(others):
        for run in runs(letter.text):
            holders[run].add(number)
    return [_sharing(runs(letter.text), holders) for letter in measured]


def _sharing(said: set[str], holders: dict[str, set[int]]) -> set[int]:
    if len(said) < _FEWEST:
        return set()
    shared = Counter(number for run in said for number in holders.get(run, ()))
    return {number for number, count in shared.items() if count > _SHARED * len(said)}


def runs(text: str) -> set[str]:
    """Every six words in a row, small and without signs."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
