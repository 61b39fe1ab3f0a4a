"""How much a feature tells of the department: “lubang” much, “mohon” and “sekali” next to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt

_DOUBT = 10  # letters of every department's usual share that a feature is thought to have stood in besides
_ALL = 1.5  # nats: a feature that says this much counts whole
_LEAST = 0.1  # what a feature counts that says nothing


def telling(features: Sequence[Iterable[str]], labels: Sequence[str], known: Iterable[str]) -> dict[str, float]:
    """A share from _LEAST to 1 for each known feature.

    features, labels: of each letter what stands in it and its department. The share grows with how far the
    departments of a feature's letters differ from those of all (Kullback–Leibler divergence).
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
