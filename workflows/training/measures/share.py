"""A share of letters with how far chance alone may have moved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True)
class Share:
    """hits of so many; printed in per cent with its Wilson interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval by Wilson; everything is possible where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        spread = _Z * _Z / self.of
        middle = self.value + spread / 2
        reach = _Z * sqrt(self.value * (1 - self.value) / self.of + spread / (4 * self.of))
        return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%}–{high:.1%})" if self.of else "–"

    @property
    def short(self) -> str:
        """Without the interval, for narrow columns."""
        return f"{self.value:.0%}" if self.of else "–"


def share(flags: Iterable[bool]) -> Share:
    """How many of the flags are set."""
    counted = list(flags)
    return Share(sum(counted), len(counted))
