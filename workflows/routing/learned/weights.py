"""The file of learned weights and its reader. First line: JSON (Header). Then one line per feature: words and
pairs, then n-grams. Then the matrix: one row of bytes per feature; its first byte is the feature's part of the
text's length, the others are weights (128 = zero).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

FORMAT = 2
"""Increased whenever older code would misread a file; a file of another format is refused."""
MIDDLE = 128
"""The byte that stands for a weight of zero."""


class WeightsError(ValueError):
    """The file is truncated, changed or of another format."""


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
