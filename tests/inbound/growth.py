"""Whether reading takes four times as long for four times as much, and not sixteen times."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

MOST = 8.0
"""Between four times the time for four times the text, which is right, and sixteen times, which is not."""
ENOUGH = 0.03
"""Seconds of the processor below which a ratio is noise."""


def grows_too_fast(read: Callable[[Any], object], make: Callable[[int], Any], n: int) -> bool:
    """Of `make(2 * n)` against `make(n / 2)`: if every one of five rounds says so."""
    small, large = make(n // 2), make(2 * n)
    return all(_too_fast(_seconds(read, small), _seconds(read, large)) for _ in range(5))


def _too_fast(small: float, large: float) -> bool:
    return large > ENOUGH and large > MOST * small


def _seconds(read: Callable[[Any], object], given: Any) -> float:
    began = time.process_time()
    read(given)
    return time.process_time() - began
