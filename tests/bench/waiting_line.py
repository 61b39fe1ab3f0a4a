"""A line in which some wait for one step of the way, by the second; and how long most of them took."""

from __future__ import annotations
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple


class Batch(NamedTuple):
    """Some of a kind that began in the same second of the day."""

    born: int
    many: float
    kind: str


@dataclass
class Line:
    """What waits for one step, first come, first served; at most `pace` a second."""

    pace: float
    waiting: deque[Batch] = field(default_factory=deque)
    length: float = 0.0

    def step(self, came: Iterable[Batch]) -> list[Batch]:
        """One second: what came stands behind the rest; returns what was done."""
        for batch in came:
            if batch.many:
                self.waiting.append(batch)
                self.length += batch.many
        done, room = [], self.pace
        while self.waiting and room > 0:
            batch = self.waiting.popleft()
            taken = min(batch.many, room)
            done.append(batch._replace(many=taken))
            room -= taken
            self.length -= taken
            if taken < batch.many:
                self.waiting.appendleft(batch._replace(many=batch.many - taken))
        return done


def percentile(values: Iterable[tuple[float, float]], share: float) -> float:
    """The value that this share of all does not exceed, of (value, how many); inf of nothing."""
    ordered = sorted(values)
    left = share * sum(count for _, count in ordered)
    for value, count in ordered:
        left -= count
        if left <= 1e-9:
            return value
    return inf
