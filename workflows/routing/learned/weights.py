"""The file of learned weights: what it holds, and how it is read.

First line: JSON (Header). Then one line a feature: words and pairs, then grams. Then the matrix: a row of bytes a
feature; its first byte is how much the feature counts in the letter's length, the others are weights, 128 = none.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

FORMAT = 2
"""Raised whenever older code would misread a file; such a file is refused, not guessed at."""
MIDDLE = 128
"""The byte of a weight of nothing."""


class WeightsError(ValueError):
    """The file is cut, changed or of another format."""


@dataclass(frozen=True)
class Header:
    """What the trainer says of its weights.

    opd, kind: the codes whose lanes come first; the last two are urgency and accusation. bias: one number a lane.
    hints: what the routing table's own findings weigh, one number a lane. owners: whose each category was when the
    weights were trained. scale: bytes a unit of weight. length_scale: bytes a unit of squared length. sure: the
    probability from which a decision needs no operator. urgent: that from which a letter is taken as such.
    doubt: the probability of an accusation, or of the Inspektorat, from which an operator reads first.
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
        """Lanes of a row without its first byte."""
        return len(self.opd) + len(self.kind) + 2


@dataclass(frozen=True)
class Weights:
    """Features by name with their rows. checksum: the file's SHA-256 in hex. width: bytes a row."""

    checksum: str
    header: Header
    words: dict[str, int]
    grams: dict[str, int]
    matrix: bytes = field(repr=False)
    width: int

    @property
    def version(self) -> str:
        """What a decision calls these weights."""
        return self.checksum[:8]

    def row(self, number: int) -> bytes:
        """The bytes of one feature."""
        return self.matrix[number * self.width : (number + 1) * self.width]

    def weight(self, number: int, lane: int) -> float:
        """One weight, before it is divided by the letter's length."""
        return (self.row(number)[lane + 1] - MIDDLE) / self.header.scale


def read_weights(data: bytes) -> Weights:
    """The weights of a file's bytes; WeightsError when it is not whole."""
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
