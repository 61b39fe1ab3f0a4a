"""The ladders of the policy: by kind of holder, who is told of an unanswered complaint, and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from workflows.domain.toml_table import Table

URGENT = "urgent"
URGENT_DESK = "urgent_desk"
DESK = "desk"
OFFICES = ("dinas", "badan", "satuan", "inspektorat", "sekretariat", "bumd", "rsud", "kecamatan")
HOLDERS = (*OFFICES, DESK, URGENT, URGENT_DESK)
TABLES = ("sekda", "mayor")
"""People who get one executive report a day, and no mail about a single complaint."""
PEOPLE = ("head", *TABLES)
"""People above a holder, lowest first. The other levels are reminders to the holder itself."""


@dataclass(frozen=True)
class EscalationLevel:
    """One level of a ladder: at its moment `to` is told: the holder (department or desk), or one of PEOPLE. The
    moment is a share of the time to the deadline, or (`share` None) a number of working days, or hours, after it.
    """

    name: str
    to: str
    share: float | None = None
    after_days: int = 0
    after_hours: int = 0

    @property
    def tabled(self) -> bool:
        """Whether it is a row of an executive report, not a mail about the complaint."""
        return self.to in TABLES


Ladders = Mapping[str, tuple[EscalationLevel, ...]]


def levels_ahead(rungs: Sequence[EscalationLevel], climbed: Collection[str]) -> tuple[EscalationLevel, ...]:
    """The levels still to reach, in order. If another kind's ladder has already put the complaint into a higher
    person's report, lower people are skipped; reminders to the holder never are.
    """
    last = max((place for place, rung in enumerate(rungs) if rung.name in climbed), default=-1)
    left = [rung for place, rung in enumerate(rungs) if place > last or rung.to not in PEOPLE]
    return tuple(rung for rung in left if rung.name not in climbed)


def read_ladders(top: Table) -> Ladders:
    """Every kind's ladder from `ladders`; ValueError names the invalid key, or the kind without one."""
    ladders: dict[str, tuple[EscalationLevel, ...]] = {}
    known: dict[str, tuple[str, str]] = {}
    for table in top.tables("ladders"):
        kinds = table.texts("kinds", HOLDERS)
        rungs = _rungs(table, _holder(table, kinds), known)
        table.finish()
        for kind in kinds:
            if kind in ladders:
                raise table.wrong("kinds", f"{kind} has a ladder already")
            ladders[kind] = rungs
    for kind in HOLDERS:
        if kind not in ladders:
            raise top.wrong("ladders", f"{kind} has no ladder")
    return MappingProxyType(ladders)


def _holder(table: Table, kinds: Collection[str]) -> str:
    """The recipient of a ladder's reminders."""
    holders = {DESK if kind in (DESK, URGENT_DESK) else "department" for kind in kinds}
    if len(holders) != 1:
        raise table.wrong("kinds", "must name departments or the desk, and not both")
    return holders.pop()


def _rungs(ladder: Table, holder: str, known: dict[str, tuple[str, str]]) -> tuple[EscalationLevel, ...]:
    rungs = tuple(_rung(table, holder, known) for table in ladder.tables("rungs"))
    if not rungs:
        raise ladder.wrong("rungs", "must name at least one rung")
    if len({rung.name for rung in rungs}) != len(rungs):
        raise ladder.wrong("rungs", "two rungs have the same name")
    heights = [(rung.share is None, rung.share or rung.after_days * 24 + rung.after_hours) for rung in rungs]
    if any(low >= high for low, high in pairwise(heights)):
        raise ladder.wrong("rungs", "must climb: each later than the one before")
    if not all(_climbs(low, high) for low, high in pairwise(rungs)):
        raise ladder.wrong("rungs", f"must climb: each of {', '.join(PEOPLE)} once, and in this order")
    return rungs


def _climbs(low: EscalationLevel, high: EscalationLevel) -> bool:
    if low.to not in PEOPLE:
        return True
    return high.to in PEOPLE and PEOPLE.index(low.to) < PEOPLE.index(high.to)


def _rung(table: Table, holder: str, known: dict[str, tuple[str, str]]) -> EscalationLevel:
    """A name means the same on every ladder: it records what a complaint has reached when its holder changes."""
    at = table.table("at")
    name, to = table.text("name"), table.text("to", (holder, *PEOPLE))
    if known.setdefault(name, (holder, to)) != (holder, to):
        raise table.wrong("name", f"{name} is somebody else's rung on another ladder")
    share = at.share("share") if "share" in at else None
    hours = at.integer("after_hours") if "after_hours" in at else None
    days = at.integer("after_days") if share is None and hours is None else 0
    at.finish()
    table.finish()
    return EscalationLevel(name, to, share, days, hours or 0)
