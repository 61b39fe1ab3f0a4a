"""Labelled texts → weights: four linear models over the same features, packed into one file. Writes the weights
with their checksum, and the strongest words of each department for review.
"""

from __future__ import annotations
import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from workflows.routing.learned.classifier import MIDDLE, Header, Weights, read_weights, write_weights
from workflows.training.labelled import Labelled
from workflows.training.matrix import LENGTH_SCALE, Seen, Vocabulary, importance, matrix, vocabulary

SURE = 0.68  # by eval-routing 97 of 100 letters above it are right: 95 with some room
URGENT = 0.5
DOUBT = 0.07  # 2 of 100 ordinary letters are above it, and 7 of 8 that accuse in words nobody foresaw
_STRENGTH = 5.0  # inverse of the regularisation; best of 2, 5, 10 in cross-validation
_SCALE = 12.0  # bytes per unit of weight
_MAX_FEATURES = 127
_LEAST = 2  # a feature whose strongest weight is fewer bytes is left out


class _Model(NamedTuple):
    """One trained linear model: its classes, and for each a bias and a row of weights (a single one
    for yes/no).
    """

    classes: tuple[str, ...]
    bias: Any
    weights: Any


def train(letters: Sequence[Labelled], seen: Sequence[Seen], owners: Mapping[str, str]) -> bytes:
    """The bytes of the weights' file for these texts; deterministic. `owners`: owner of each category in the table
    that read the texts.
    """
    labels = [letter.opd for letter in letters]
    known = vocabulary(seen, labels)
    rows = matrix(seen, known)
    opd, kind = _fitted(rows, labels), _fitted(rows, [letter.kind for letter in letters])
    urgent = _fitted(rows, [letter.urgent for letter in letters])
    accusing = _fitted(rows, [letter.accuses is not None for letter in letters])
    return _packed(known, dict(owners), opd, kind, (urgent, accusing))


def _fitted(rows: Any, labels: Sequence[str] | Sequence[bool]) -> _Model:
    """Fit on one thread: splitting sums differently would change their last digits."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        model = LogisticRegression(C=_STRENGTH, max_iter=200, tol=1e-3).fit(rows, labels)
    return _Model(tuple(map(str, model.classes_)), model.intercept_, model.coef_)


def _packed(known: Vocabulary, owners: dict[str, str], opd: _Model, kind: _Model, chances: Iterable[_Model]) -> bytes:
    import numpy as np

    models = (opd, kind, *chances)
    weights = np.vstack([model.weights for model in models])
    rows = {name: _row(weights, column, known.lengths[column]) for name, column in _features(known)}
    kept = [key for key, row in rows.items() if max(abs(byte - MIDDLE) for byte in row[1:]) >= _LEAST]
    header = Header(
        opd=opd.classes,
        kind=kind.classes,
        bias=tuple(round(float(value), 4) for model in models for value in model.bias),
        hints={name: _rounded(weights[:, column]) for name, column in known.hints.items()},
        owners=owners,
        scale=_SCALE,
        length_scale=LENGTH_SCALE,
        sure=SURE,
        urgent=URGENT,
        doubt=DOUBT,
        words=sum(which == "word" for which, _ in kept),
        grams=sum(which == "gram" for which, _ in kept),
    )
    return write_weights(header, [name for _, name in kept], [rows[key] for key in kept])


def _rounded(weights: Iterable[Any]) -> tuple[float, ...]:
    return tuple(round(float(weight), 3) for weight in weights)


def _features(known: Vocabulary) -> list[tuple[tuple[str, str], int]]:
    words = [(("word", name), column) for name, column in known.words.items()]
    return words + [(("gram", name), column) for name, column in known.grams.items()]


def _row(weights: Any, column: int, length: int) -> bytes:
    """The length's byte, then the weights with the importance included, 128 = zero."""
    scaled = (weights[:, column] * (importance(length) * _SCALE)).round().clip(-_MAX_FEATURES, _MAX_FEATURES)
    return bytes((length, *(int(value) + MIDDLE for value in scaled)))


_SHOWN = 25  # words per department


def save(data: bytes, path: Path) -> Weights:
    """Write `routing.weights`, `routing.sha256` (in the format of sha256sum) and `routing.words.csv` into that
    folder.
    """
    weights = read_weights(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    checksum = f"{weights.checksum}  {path.name}\n"
    path.with_suffix(".sha256").write_text(checksum, encoding="ascii")
    with path.with_suffix(".words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("opd", "word", "weight"))
        writer.writerows(_telling(weights))
    return weights


def _telling(weights: Weights) -> list[tuple[str, str, float]]:
    """(department, word, weight) of the strongest words of every department, strongest first."""
    rows: list[tuple[str, str, float]] = []
    for lane, code in enumerate(weights.header.opd):
        weighed = ((weights.weight(number, lane), word) for word, number in weights.words.items())
        strongest = sorted((w for w in weighed if w[0] > 0), key=lambda w: (-w[0], w[1]))[:_SHOWN]
        rows += [(code, word, round(weight, 2)) for weight, word in strongest]
    return rows
