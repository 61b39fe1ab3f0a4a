"""A quote that was opened and never closed: everything behind it became one cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import pairwise


def unclosed(text: str, mark: str) -> int:
    """The line on which the quote was opened; 0 where all are closed. mark: what stands between cells."""
    lines = list(io.StringIO(text, newline=""))
    begins = _beginnings(lines, mark)
    if not lines or _closed(lines[begins[-2] - 1 :], mark):
        return 0
    long = (line for line, following in pairwise(begins) if following > line + 1)
    return next(long, begins[-2])


def _beginnings(lines: Sequence[str], mark: str) -> list[int]:
    """The line on which each row begins, at last the line behind them all."""
    reader = csv.reader(lines, delimiter=mark)
    return [1, *(reader.line_num + 1 for _ in reader)]


def _closed(row: Sequence[str], mark: str) -> bool:
    """A row that ends within quotes has an odd number of them, and so has “5\" pipe”: only the first is no CSV."""
    try:
        return "".join(row).count('"') % 2 == 0 or bool(list(csv.reader(row, delimiter=mark, strict=True)))
    except csv.Error:
        return False
