"""Work as sums: what calls come to, by function and unit, so that it can be added, taken off and multiplied."""

from __future__ import annotations
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.bench.cost.habits import Habits
from tests.bench.cost.meter import Call

STEP = 0.1
"""Seconds: Cloud Run rounds the time of an instance up to this."""
TIMES_CHARGED = 2
"""A message: when it is published and when it is delivered."""


@dataclass(frozen=True)
class Work:
    """Amounts by (function, unit): requests, cpu and billed seconds, reads, writes, deletes, bytes …"""

    amounts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: Work) -> Work:
        return self._with(other, 1)

    def __sub__(self, other: Work) -> Work:
        return self._with(other, -1)

    def __mul__(self, times: float) -> Work:
        return Work(Counter({key: amount * times for key, amount in self.amounts.items()}))

    def total(self, unit: str) -> float:
        """Over all functions."""
        return sum(amount for (_, each), amount in self.amounts.items() if each == unit)

    def of(self, function: str, unit: str) -> float:
        """Of one function."""
        return self.amounts[function, unit]

    @property
    def functions(self) -> list[str]:
        """Those that are called, in order of their names."""
        return sorted({function for function, _ in self.amounts})

    def _with(self, other: Work, sign: int) -> Work:
        amounts = Counter(self.amounts)
        for key, amount in other.amounts.items():
            amounts[key] += sign * amount
        return Work(amounts)


def billed(seconds: float) -> float:
    """Seconds that Google bills for a request alone on its instance: at least a step, and whole steps."""
    return max(1, math.ceil(round(seconds / STEP, 6))) * STEP


def weigh(calls: Iterable[Call], habits: Habits) -> Work:
    """What those calls come to."""
    amounts: Counter[tuple[str, str]] = Counter()
    for call in calls:
        name, seconds = call.function, habits.seconds(call)
        sums = {"requests": 1, "cpu": call.cpu, "lasting": seconds, "billed": billed(seconds), **call.counted}
        for unit, amount in sums.items():
            amounts[name, unit] += amount  # type: ignore[assignment]
    return Work(amounts)
