"""What the router decided about a complaint, as far as others than the router read it."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.documents import Record


@dataclass(frozen=True)
class Suggestion(Record):
    """A department that the text may be for; score: from 0 to 1; why: reasons in Indonesian. Either is stored."""

    opd: str
    score: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoutingDecision(Record):
    """The parts of a stored decision (routing/model.Decision) that other packages read; each may be missing.

    opd: the chosen department, EXTERNAL for an institution outside the city. top: suggestions with their scores,
    best first; because: with their reasons. desk: whether operators may read the complaint. accuses: the accused
    office; kept_out: all accused, and who else must not hear of it.
    """

    opd: str = ""
    top: tuple[Suggestion, ...] = ()
    why: tuple[str, ...] = ()
    because: tuple[Suggestion, ...] = ()
    kind: str = ""
    external: str | None = None
    desk: bool = True
    accuses: str | None = None
    kept_out: tuple[str, ...] = ()
