"""Labelled letters → weights: four linear models over the same features, packed into one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.routing.learned.weights import MIDDLE, Header, written
from workflows.training.labelled import Labelled
from workflows.training.matrix import LENGTH_SCALE, Seen, Vocabulary, importance, matrix, vocabulary

SURE = 0.68  # by eval-routing 97 of 100 letters above it are right: 95 with some room
URGENT = 0.5
DOUBT = 0.07  # 2 of 100 ordinary letters are above it, and 7 of 8 that accuse in words nobody foresaw
_STRENGTH = 5.0  # inverse of the regularisation, best of 2, 5, 10 in cross-validation
_SCALE = 12.0  # bytes a unit of weight
_MOST = 127
_LEAST = 2  # a feature whose strongest weight is fewer bytes is left out


def train(letters: Sequence[Labelled], seen: Sequence[Seen], owners: Mapping[str, str]) -> bytes:
    """The file of weights for these letters; the same letters give the same bytes.

    owners: whose each category is in the table that looked at the letters.
    """
    known = vocabulary(seen, [letter.opd for letter in letters])
    rows = matrix(seen, known)
    opd, opd_bias, opd_weights = _classes(rows, [letter.opd for letter in letters])
    kind, kind_bias, kind_weights = _classes(rows, [letter.kind for letter in letters])
    urgent_bias, urgent_weights = _yes_no(rows, [letter.urgent for letter in letters])
    accusing_bias, accusing_weights = _yes_no(rows, [letter.accuses is not None for letter in letters])
    import numpy as np

    weights = np.vstack([opd_weights, kind_weights, urgent_weights, accusing_weights])
    bias = (*opd_bias, *kind_bias, urgent_bias, accusing_bias)
    return _packed(known, dict(owners), opd, kind, tuple(round(float(value), 4) for value in bias), weights)


def _classes(rows: Any, labels: Sequence[str]) -> tuple[tuple[str, ...], Any, Any]:
    model = _fitted(rows, labels)
    return tuple(map(str, model.classes_)), model.intercept_, model.coef_


def _yes_no(rows: Any, labels: Sequence[bool]) -> tuple[float, Any]:
    model = _fitted(rows, labels)
    return float(model.intercept_[0]), model.coef_


def _fitted(rows: Any, labels: Sequence[str] | Sequence[bool]) -> Any:
    """On one thread: how sums are cut into pieces would show in their last digits."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        return LogisticRegression(C=_STRENGTH, max_iter=200, tol=1e-3).fit(rows, labels)


def _packed(
    known: Vocabulary,
    owners: dict[str, str],
    opd: tuple[str, ...],
    kind: tuple[str, ...],
    bias: tuple[float, ...],
    weights: Any,
) -> bytes:
    rows = {name: _row(weights, column, known.lengths[column]) for name, column in _features(known)}
    kept = [key for key, row in rows.items() if max(abs(byte - MIDDLE) for byte in row[1:]) >= _LEAST]
    hints = {
        name: tuple(round(float(weight), 3) for weight in weights[:, column])
        for name, column in known.hints.items()
    }
    header = Header(
        opd=opd,
        kind=kind,
        bias=bias,
        hints=hints,
        owners=owners,
        scale=_SCALE,
        length_scale=LENGTH_SCALE,
        sure=SURE,
        urgent=URGENT,
        doubt=DOUBT,
        words=sum(which == "word" for which, _ in kept),
        grams=sum(which == "gram" for which, _ in kept),
    )
    return written(header, [name for _, name in kept], [rows[key] for key in kept])


def _features(known: Vocabulary) -> list[tuple[tuple[str, str], int]]:
    words = [(("word", name), column) for name, column in known.words.items()]
    return words + [(("gram", name), column) for name, column in known.grams.items()]


def _row(weights: Any, column: int, length: int) -> bytes:
    """The length's byte, then the weights with the importance in them, 128 = none."""
    scaled = (weights[:, column] * (importance(length) * _SCALE)).round().clip(-_MOST, _MOST)
    return bytes((length, *(int(value) + MIDDLE for value in scaled)))
