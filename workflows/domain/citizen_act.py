"""What a citizen asks of their own complaint with one POST."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.photo import LeftOut


@dataclass(frozen=True)
class CitizenAct:
    """One POST on the citizen's page; photos as in OfficerAct, score as it was typed."""

    action: str
    message: str = ""
    score: str = ""
    uploads: str = ""
    photos: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
