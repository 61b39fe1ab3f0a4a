"""What another routing table would have done with the complaints that were decided last."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from workflows.domain.complaint import Complaint
from workflows.ports import Store
from workflows.records.every_complaint import every_complaint
from workflows.routing.decide import decide
from workflows.routing.model import Decision
from workflows.routing.step import letter_of
from workflows.routing.table import RoutingTable


@dataclass(frozen=True)
class Compared:
    """One complaint under both tables; never its text. restricted: few may read with whom it is."""

    ticket: str
    old: Decision
    new: Decision
    restricted: bool = False

    @property
    def moves(self) -> bool:
        """It would go elsewhere, or no longer (or now) past the desk."""
        return _way(self.old) != _way(self.new)


def replay_table(store: Store, old: RoutingTable, new: RoutingTable, count: int) -> list[Compared]:
    """The last `count` decided complaints, newest first, decided by both tables; nothing is written."""
    decided = (complaint for complaint in every_complaint(store) if complaint.decision)
    return [_compared(complaint, old, new) for complaint in islice(decided, count)]


def _compared(complaint: Complaint, old: RoutingTable, new: RoutingTable) -> Compared:
    letter = letter_of(complaint)
    before, after = decide(letter, old), decide(letter, new)
    restricted = complaint.restricted or before.restricted or after.restricted or not (before.desk and after.desk)
    return Compared(complaint.ticket, before, after, restricted)


def _way(decision: Decision) -> tuple[str, str | None, bool]:
    return decision.opd, decision.external, decision.confident
