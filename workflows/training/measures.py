"""The figures that show whether a city can rely on the router, and their targets: shares with confidence
intervals, danger and accusations found, calibration of probabilities, precision against automation, results per
department and kind, the half of the texts that no phrase was written from, and the worst decisions.
"""

from __future__ import annotations
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import sqrt

from workflows.frozen import frozen
from workflows.routing.conflict.detection import INSPEKTORAT
from workflows.routing.decide import (
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

_Z = 1.959964  # for a 95 % interval


@frozen
class Share:
    """`hits` of `total`; printed in per cent with its Wilson interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 for nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval; (0, 1) for nothing."""
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
        """Printed without the interval, for narrow columns."""
        return f"{self.value:.0%}" if self.of else "–"


def share(flags: Iterable[bool]) -> Share:
    """The share of flags that are set."""
    counted = list(flags)
    return Share(sum(counted), len(counted))


@frozen
class Headline:
    """`exact`: the best code. `right`: that or an accepted one. `top`: a right one among three. `automatic`:
    assigned without an operator; `precision`: share of those that is right.
    """

    letters: int
    exact: Share
    right: Share
    top: Share
    automatic: Share
    precision: Share


@frozen
class Aim:
    """Target shares: exact, right, top, and the precision `precise` at the share `automatic`."""

    name: str
    exact: float
    right: float
    top: float
    automatic: float
    precise: float = 0.95


AIMS = (Aim("floor", 0.75, 0.87, 0.95, 0.60), Aim("aim", 0.80, 0.91, 0.97, 0.70))


def headline(decided: Sequence[Decided]) -> Headline:
    """The figures over these texts."""
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
    """Whether the targets for exact, right, top three, and precision at the automatic share are reached."""
    by_itself = found.automatic.value >= aim.automatic and found.precision.value >= aim.precise
    return found.exact.value >= aim.exact, found.right.value >= aim.right, found.top.value >= aim.top, by_itself


@frozen
class Found:
    """`found`: share of those that exist; `false`: share of those reported."""

    found: Share
    false: Share


@frozen
class Accused:
    """Over texts that accuse an office. `named`: exactly that one. `shown`: the desk could choose it. `sent`: it
    would have received the text without an operator.
    """

    named: Share
    shown: Share
    sent: Share


def urgency(decided: Sequence[Decided]) -> Found:
    """Results for texts about danger to life or limb."""
    return _found(decided, lambda d: d.letter.urgent, lambda d: d.decision.urgent)


def accusations(decided: Sequence[Decided]) -> Found:
    """Results for texts that belong to the inspectorate."""
    return _found(decided, lambda d: d.letter.opd == INSPEKTORAT, lambda d: d.opd == INSPEKTORAT)


def accused(decided: Sequence[Decided]) -> Accused:
    """Where texts about an accused office go."""
    against = [d for d in decided if d.letter.accuses]
    return Accused(
        named=share(plain(d.decision.accuses or "") == d.letter.accuses for d in against),
        shown=share(d.letter.accuses in {plain(code) for code, _ in d.decision.top[:3]} for d in against),
        sent=share(d.opd == d.letter.accuses and d.decision.confident for d in against),
    )


def _found(decided: Sequence[Decided], is_so: Callable[[Decided], bool], said: Callable[[Decided], bool]) -> Found:
    return Found(share(said(d) for d in decided if is_so(d)), share(not is_so(d) for d in decided if said(d)))


_EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@frozen
class Band:
    """Texts whose decision has a probability from `low` to below `high`."""

    low: float
    high: float
    chance: float
    exact: Share
    right: Share


@frozen
class Point:
    """At the threshold `sure`: the share of all texts that would be assigned, and how many of those are right."""

    sure: float
    automatic: Share
    precision: Share


def bands(decided: Sequence[Decided]) -> list[Band]:
    """The reliability table; texts left to the desk have no probability and are not in it."""
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
    """Mean difference between the probability and the share of exact decisions, over the texts."""
    letters = sum(band.exact.of for band in bands)
    return sum(abs(band.chance - band.exact.value) * band.exact.of for band in bands) / max(letters, 1)


def curve(decided: Sequence[Decided]) -> list[Point]:
    """One point per distinct probability of a text that may be assigned, highest first."""
    going = sorted((d for d in decided if d.may_go and d.chance > 0), key=lambda d: -d.chance)
    points: list[Point] = []
    right = 0
    for count, d in enumerate(going, start=1):
        right += d.right
        if count == len(going) or going[count].chance < d.chance:
            points.append(Point(d.chance, Share(count, len(decided)), Share(right, count)))
    return points


def widest(points: Sequence[Point], precise: float) -> Point | None:
    """The point with the most assigned texts among those with at least that precision."""
    enough = [point for point in points if point.precision.value >= precise]
    return enough[-1] if enough else None


@frozen
class Department:
    """Over the texts labelled with `opd`; `precision`: over those decided as it."""

    opd: str
    letters: int
    exact: Share
    right: Share
    automatic: Share
    precision: Share


def departments(decided: Sequence[Decided]) -> list[Department]:
    """Every code of a label or a decision, most texts first."""
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
    """(label, decision, count, count without an operator) of wrong decisions, most common first."""
    wrong = [d for d in decided if not d.right]
    pairs = Counter((d.letter.opd, d.opd) for d in wrong)
    sent = Counter((d.letter.opd, d.opd) for d in wrong if d.decision.confident)
    ordered = sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    return [(*pair, count, sent[pair]) for pair, count in ordered]


def held_half(decided: Sequence[Decided]) -> list[Decided]:
    """The second half by the ids' SHA-256: phrases may be tuned on the first half only."""
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
    """Whether the decided kind matches the label; an accusation may always be `pengawasan`."""
    heard = {OVERSIGHT} if INSPEKTORAT in decided.letter.right else set()
    return decided.decision.kind in _MEANT[decided.letter.kind] | heard


def kinds(decided: Sequence[Decided]) -> list[tuple[str, Share]]:
    """Results over all texts, then for each kind of label."""
    names = [name for name in _MEANT if any(d.letter.kind == name for d in decided)]
    each = [(name, share(kind_right(d) for d in decided if d.letter.kind == name)) for name in names]
    return [("all", share(map(kind_right, decided))), *each]


def passed_over(decided: Sequence[Decided]) -> Share:
    """Of texts for an office, the share taken for thanks or no complaint."""
    matters = [d for d in decided if d.letter.opd != "DESK"]
    return share(d.decision.kind in NOTHING_TO_DO for d in matters)


def worst(decided: Sequence[Decided], most: int = 20) -> list[Decided]:
    """Wrong and assigned without an operator first, then wrong and unsure; surest first."""
    wrong = (d for d in decided if not d.right)
    return sorted(wrong, key=lambda d: (not d.decision.confident, -d.chance, d.letter.id))[:most]
