"""Does a probability of 80 % mean right four times of five? And how many letters go out at which precision?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.training.cross import Decided
from workflows.training.measures.share import Share, share

_EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True)
class Band:
    """Letters whose decision has a probability from `low` up to below `high`."""

    low: float
    high: float
    chance: float
    exact: Share
    right: Share


@dataclass(frozen=True)
class Point:
    """At the threshold `sure`: the share of all letters that would go out, and how many of those are right."""

    sure: float
    automatic: Share
    precision: Share


def bands(decided: Sequence[Decided]) -> list[Band]:
    """The reliability table; letters left to the desk have no probability and are not in it."""
    told = [d for d in decided if d.chance > 0]
    highs = (*_EDGES[1:-1], 1.01)
    pairs = zip(_EDGES, highs, strict=False)
    return [_band(low, high, members) for low, high in pairs if (members := _between(told, low, high))]


def _between(decided: Sequence[Decided], low: float, high: float) -> list[Decided]:
    return [d for d in decided if low <= d.chance < high]


def _band(low: float, high: float, members: list[Decided]) -> Band:
    mean = sum(d.chance for d in members) / len(members)
    return Band(low, min(high, 1.0), mean, share(d.exact for d in members), share(d.right for d in members))


def calibration_error(bands: Sequence[Band]) -> float:
    """How far the probability is from the share of exact decisions, on average over the letters."""
    letters = sum(band.exact.of for band in bands)
    return sum(abs(band.chance - band.exact.value) * band.exact.of for band in bands) / max(letters, 1)


def curve(decided: Sequence[Decided]) -> list[Point]:
    """A point a distinct probability of a letter that may go, highest first: more and more goes out."""
    going = sorted((d for d in decided if d.may_go and d.chance > 0), key=lambda d: -d.chance)
    points: list[Point] = []
    right = 0
    for count, d in enumerate(going, start=1):
        right += d.right
        if count == len(going) or going[count].chance < d.chance:
            points.append(Point(d.chance, Share(count, len(decided)), Share(right, count)))
    return points


def widest(points: Sequence[Point], precise: float) -> Point | None:
    """Where most letters go out while so many of them are right."""
    enough = [point for point in points if point.precision.value >= precise]
    return enough[-1] if enough else None
