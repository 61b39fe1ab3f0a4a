"""The few numbers that say whether a city can rely on the router, and the aims they are held against.

A share of letters with how far chance alone may have moved it.

What must not be missed: danger, and accusations against the city's own offices.

Does a probability of 80 % mean right four times of five? And how many letters go out at which precision?

How well each department's letters are found, and what is taken for what.

The half of the letters that no phrase of the routing table was written from.

Is it a complaint, a question, thanks, or no report at all?

The letters to look at first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from workflows.routing.conflict.detection import INSPEKTORAT
from workflows.routing.kinds import (
    COMPLAINT,
    NO_REPORT,
    NOTHING_TO_DO,
    OVERSIGHT,
    QUESTION,
    SUGGESTION,
    THANKS,
    UNCLEAR,
)
from workflows.training.cross import Decided, plain

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


@dataclass(frozen=True)
class Found:
    """found: of those there are; false: of those that were said."""

    found: Share
    false: Share


@dataclass(frozen=True)
class Accused:
    """Over letters that accuse an office. named: that very one. shown: the desk could choose it. sent: it would
    have read the letter without an operator between."""

    named: Share
    shown: Share
    sent: Share


def urgency(decided: Sequence[Decided]) -> Found:
    """Letters of danger to life or limb now."""
    return _found(decided, lambda d: d.letter.urgent, lambda d: d.decision.urgent)


def accusations(decided: Sequence[Decided]) -> Found:
    """Letters that are the inspectorate's."""
    return _found(decided, lambda d: d.letter.opd == INSPEKTORAT, lambda d: d.opd == INSPEKTORAT)


def accused(decided: Sequence[Decided]) -> Accused:
    """What becomes of the office whose people are accused."""
    against = [d for d in decided if d.letter.accuses]
    return Accused(
        named=share(plain(d.decision.accuses or "") == d.letter.accuses for d in against),
        shown=share(d.letter.accuses in {plain(code) for code, _ in d.decision.top[:3]} for d in against),
        sent=share(d.opd == d.letter.accuses and d.decision.confident for d in against),
    )


def _found(decided: Sequence[Decided], is_so: Callable[[Decided], bool], said: Callable[[Decided], bool]) -> Found:
    return Found(share(said(d) for d in decided if is_so(d)), share(not is_so(d) for d in decided if said(d)))


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


@dataclass(frozen=True)
class Department:
    """Over the letters labelled with `opd`; precision over those decided as it: how many are right."""

    opd: str
    letters: int
    exact: Share
    right: Share
    automatic: Share
    precision: Share


def departments(decided: Sequence[Decided]) -> list[Department]:
    """Every code of a label or a decision, most letters first."""
    letters = Counter(d.letter.opd for d in decided)
    codes = sorted({*letters, *(d.opd for d in decided)}, key=lambda code: (-letters[code], code))
    return [_department(code, decided) for code in codes]


def _department(code: str, decided: Sequence[Decided]) -> Department:
    own = [d for d in decided if d.letter.opd == code]
    return Department(
        opd=code,
        letters=len(own),
        exact=share(d.exact for d in own),
        right=share(d.right for d in own),
        automatic=share(d.decision.confident for d in own),
        precision=share(d.right for d in decided if d.opd == code),
    )


def confusions(decided: Sequence[Decided], most: int = 20) -> list[tuple[str, str, int, int]]:
    """Label, decision, how often, how often of these without an operator: wrong ones only, commonest first."""
    wrong = [d for d in decided if not d.right]
    pairs = Counter((d.letter.opd, d.opd) for d in wrong)
    sent = Counter((d.letter.opd, d.opd) for d in wrong if d.decision.confident)
    ordered = sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    return [(*pair, count, sent[pair]) for pair, count in ordered]


def held_half(decided: Sequence[Decided]) -> list[Decided]:
    """The second half in the order of the ids' SHA-256: phrases may be tuned on the first only."""
    ordered = sorted(decided, key=lambda d: hashlib.sha256(d.letter.id.encode()).hexdigest())
    return ordered[len(ordered) // 2 :]


_MEANT = {
    "complaint": {COMPLAINT},
    "request": {COMPLAINT, SUGGESTION},
    "question": {QUESTION},
    "praise": {THANKS},
    "unclear": {UNCLEAR},
    "not_for_government": {NO_REPORT},
}


def kind_right(decided: Decided) -> bool:
    """The decided kind is what the label means; an accusation may be `pengawasan` whatever else it is."""
    heard = {OVERSIGHT} if INSPEKTORAT in decided.letter.right else set()
    return decided.decision.kind in _MEANT[decided.letter.kind] | heard


def kinds(decided: Sequence[Decided]) -> list[tuple[str, Share]]:
    """All letters, then each kind of label."""
    names = [name for name in _MEANT if any(d.letter.kind == name for d in decided)]
    each = [(name, share(kind_right(d) for d in decided if d.letter.kind == name)) for name in names]
    return [("all", share(map(kind_right, decided))), *each]


def passed_over(decided: Sequence[Decided]) -> Share:
    """Of letters with a matter for an office, those taken for thanks or no report at all."""
    matters = [d for d in decided if d.letter.opd != "DESK"]
    return share(d.decision.kind in NOTHING_TO_DO for d in matters)


def worst(decided: Sequence[Decided], most: int = 20) -> list[Decided]:
    """Wrong and sent without an operator first, then wrong and unsure; the surest first."""
    wrong = (d for d in decided if not d.right)
    return sorted(wrong, key=lambda d: (not d.decision.confident, -d.chance, d.letter.id))[:most]
