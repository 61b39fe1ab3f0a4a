"""Whether reading takes twice as long for twice as much, and not four times."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

MOST = 3.0
ENOUGH = 0.03
"""Seconds of the processor below which a ratio is noise."""


def grows_too_fast(read: Callable[[Any], object], make: Callable[[int], Any], n: int) -> bool:
    """Of `make(2 * n)` against `make(n)`, the best of three each."""
    small, large = (min(_seconds(read, make(size)) for _ in range(3)) for size in (n, 2 * n))
    return large > ENOUGH and large > MOST * small


def _seconds(read: Callable[[Any], object], given: Any) -> float:
    began = time.process_time()
    read(given)
    return time.process_time() - began
