"""What makes two recordings the same bytes: a clock moved by hand, and chance that is the same each time."""

from __future__ import annotations
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from typing import Any
from unittest.mock import patch

BEGINS = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
"""A Monday at nine in Jakarta; six weeks without a holiday follow."""


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._at = BEGINS

    def now(self) -> datetime:
        """The moment it was moved to, in UTC."""
        return self._at

    def jump_to(self, at: datetime) -> None:
        """Move; ValueError when asked to go back."""
        if at < self._at:
            raise ValueError("the clock never goes back")
        self._at = at.astimezone(UTC)

    def wait(self, **delta: float) -> None:
        """Move forward by so much; nothing that is due on the way runs."""
        self.jump_to(self._at + timedelta(**delta))


class Chance:
    """Stands in for the system's randomness, below `secrets`. The bytes of one step depend on its number alone.

    So one call more or less in a step changes nothing in the steps after it.
    """

    def __init__(self) -> None:
        self._step = 0
        self._calls: Counter[int] = Counter()

    def next_step(self) -> None:
        """Begin anew for the next request."""
        self._step += 1
        self._calls.clear()

    def urandom(self, count: int) -> bytes:
        """So many bytes: by step, length, and how often that length was asked for in the step."""
        self._calls[count] += 1
        return shake_256(f"{self._step}.{count}.{self._calls[count]}".encode()).digest(count)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """`secrets` and `random.SystemRandom` take from here; names of temporary files do not."""
        source: Any = random
        with patch.object(source, "_urandom", self.urandom):
            yield
