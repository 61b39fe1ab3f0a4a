"""The half of the letters that no phrase of the routing table was written from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from workflows.training.cross import Decided


def held_half(decided: Sequence[Decided]) -> list[Decided]:
    """The second half in the order of the ids' SHA-256: phrases may be tuned on the first only."""
    ordered = sorted(decided, key=lambda d: hashlib.sha256(d.letter.id.encode()).hexdigest())
    return ordered[len(ordered) // 2 :]
