"""What must not be missed: danger, and accusations against the city's own offices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workflows.routing.verdict import INSPEKTORAT
from workflows.training.cross import Decided, plain
from workflows.training.measures.share import Share, share


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
