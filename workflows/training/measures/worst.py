"""The letters to look at first."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.training.cross import Decided


def worst(decided: Sequence[Decided], most: int = 20) -> list[Decided]:
    """Wrong and sent without an operator first, then wrong and unsure; the surest first."""
    wrong = (d for d in decided if not d.right)
    return sorted(wrong, key=lambda d: (not d.decision.confident, -d.chance, d.letter.id))[:most]
