"""Writes the weights with their checksum, and the words that speak most for each department, to be looked at."""

from __future__ import annotations

import csv
from pathlib import Path

from workflows.routing.learned.weights import Weights, read_weights

_SHOWN = 25  # words a department


def save(data: bytes, path: Path) -> Weights:
    """`routing.weights`, `routing.sha256` (as sha256sum writes it) and `routing.words.csv` in that folder."""
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
    """The strongest words of every department, strongest first."""
    rows: list[tuple[str, str, float]] = []
    for lane, code in enumerate(weights.header.opd):
        weighed = ((weights.weight(number, lane), word) for word, number in weights.words.items())
        strongest = sorted((w for w in weighed if w[0] > 0), key=lambda w: (-w[0], w[1]))[:_SHOWN]
        rows += [(code, word, round(weight, 2)) for weight, word in strongest]
    return rows
