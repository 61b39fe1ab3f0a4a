"""The few numbers that say whether a city can rely on the router, and the aims they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.training.cross import Decided
from workflows.training.measures.share import Share, share


@dataclass(frozen=True)
class Headline:
    """exact: the best code. right: that or an accepted one. top: a right one among three. automatic: sent without
    an operator; precision: how many of those are right."""

    letters: int
    exact: Share
    right: Share
    top: Share
    automatic: Share
    precision: Share


@dataclass(frozen=True)
class Aim:
    """Shares to be reached: exact, right, top, and `precise` of what goes out at that `automatic` share."""

    name: str
    exact: float
    right: float
    top: float
    automatic: float
    precise: float = 0.95


AIMS = (Aim("floor", 0.75, 0.87, 0.95, 0.60), Aim("aim", 0.80, 0.91, 0.97, 0.70))


def headline(decided: Sequence[Decided]) -> Headline:
    """The numbers over these letters."""
    automatic = [d for d in decided if d.decision.confident]
    return Headline(
        letters=len(decided),
        exact=share(d.exact for d in decided),
        right=share(d.right for d in decided),
        top=share(d.in_top for d in decided),
        automatic=Share(len(automatic), len(decided)),
        precision=share(d.right for d in automatic),
    )


def reached(found: Headline, aim: Aim) -> tuple[bool, bool, bool, bool]:
    """Exact, right, top three, and the automatic share with its precision."""
    by_itself = found.automatic.value >= aim.automatic and found.precision.value >= aim.precise
    return found.exact.value >= aim.exact, found.right.value >= aim.right, found.top.value >= aim.top, by_itself
