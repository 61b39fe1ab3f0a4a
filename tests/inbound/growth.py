"""Whether reading takes four times as long for four times as much, and not sixteen times."""

from __future__ import annotations
import time
from collections.abc import Callable
from typing import Any

MOST = 8.0
"""Between four times the time for four times the text, which is right, and sixteen times, which is not."""
ENOUGH = 0.03
"""Seconds of the processor below which a ratio is noise."""
MOST_SECONDS = 3.0
"""For a text of 100,000 letters or more; what is right takes less than a tenth of it."""


def grows_too_fast(read: Callable[[Any], object], make: Callable[[int], Any], n: int) -> bool:
    """Of `make(2 * n)` against `make(n / 2)`: if every one of five rounds says so."""
    small, large = make(n // 2), make(2 * n)
    return all(_too_fast(seconds(read, small), seconds(read, large)) for _ in range(5))


def _too_fast(small: float, large: float) -> bool:
    return large > ENOUGH and large > MOST * small


def seconds(read: Callable[[Any], object], given: Any) -> float:
    """Seconds of this process's own time that reading takes, whatever else the machine does."""
    began = time.process_time()
    read(given)
    return time.process_time() - began
