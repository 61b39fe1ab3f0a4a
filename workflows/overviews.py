"""Letters about many cases: what each of them shows, read at the moment it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from workflows.case_links import department_path, desk_path, list_path
from workflows.department_morning import DepartmentMorning, department_morning
from workflows.desk_morning import DeskMorning, desk_morning
from workflows.domain.calendar import WIB
from workflows.domain.complaint import WITH_DEPARTMENT, Complaint, from_document
from workflows.domain.notice import Notice, overtaken
from workflows.escalated import Person, on_table
from workflows.flood import NEW_CASES, on_list
from workflows.open_cases import is_on_top
from workflows.runner import COMPLAINTS, Ports

TABLE = "daily_table"
DIGEST = "digest"
DESK_DIGEST = "desk_digest"
MOST_LINKED = 120
"""More cases than this make a list mail too heavy; the list behind the link has the rest."""


@dataclass(frozen=True)
class Table:
    """The daily table of a person above the departments."""

    person: Person
    cases: tuple[Complaint, ...]


@dataclass(frozen=True)
class Digest:
    """A department's morning with the path of its list, and until when that opens."""

    morning: DepartmentMorning
    path: str
    until: datetime


@dataclass(frozen=True)
class DeskDigest:
    """The desk's morning; `paths` open the cases to call about, `waiting` those that wait, in the same order."""

    morning: DeskMorning
    paths: tuple[str, ...]
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewCases:
    """Many new cases at once: `total` since then, the first of them (urgent ones on top) with their paths."""

    opd: str
    since: datetime
    total: int
    cases: tuple[Complaint, ...]
    paths: tuple[str, ...]
    list_path: str
    until: datetime


Overview = Table | Digest | DeskDigest | NewCases


def read_overview(ports: Ports, notice: Notice) -> Overview | None:
    """What a letter without a ticket tells now; None where there is nothing (any more) to tell."""
    if notice.template != NEW_CASES and not is_of_today(notice, ports.clock.now()):
        return None
    return _READ[notice.template](ports, notice)


def is_of_today(notice: Notice, now: datetime) -> bool:
    """A morning's letter names its day in its id. On another day it is old news: that day has its own."""
    return notice.id.split(".")[1] == now.astimezone(WIB).date().isoformat()


def _table(ports: Ports, notice: Notice) -> Table | None:
    person: Person = "mayor" if notice.role == "mayor" else "sekda"
    cases = on_table(ports.store, person)
    return Table(person, tuple(cases)) if cases else None


def _digest(ports: Ports, notice: Notice) -> Digest | None:
    morning = department_morning(ports.store, notice.to, notice.extra["since"], ports.clock.now())
    return None if morning.is_empty else Digest(morning, *list_path(ports, notice.to))


def _desk_digest(ports: Ports, notice: Notice) -> DeskDigest | None:
    morning = desk_morning(ports, ports.clock.now())
    paths = tuple(desk_path(ports, case) for case in morning.calls)
    waiting = tuple(desk_path(ports, case) for case in morning.waiting)
    return DeskDigest(morning, paths, waiting) if morning.count else None


def _new_cases(ports: Ports, notice: Notice) -> NewCases | None:
    """The cases of a list that are still there to be taken."""
    letters = on_list(ports.store, notice.id)
    documents = ports.store.get_many(COMPLAINTS, [letter.ticket for letter in letters])
    pairs = [(letter, from_document(d)) for letter, d in zip(letters, documents, strict=True) if d]
    cases = [case for letter, case in pairs if case.state in WITH_DEPARTMENT and not overtaken(letter, case)]
    shown = tuple(sorted(cases, key=lambda case: (not is_on_top(case), case.answer_by or case.received_at)))
    if not shown:
        return None
    paths = tuple(department_path(ports, case) for case in shown[:MOST_LINKED])
    since = min(letter.created_at or ports.clock.now() for letter in letters)
    return NewCases(notice.to, since, len(shown), shown[:MOST_LINKED], paths, *list_path(ports, notice.to))


_READ: dict[str, Callable[[Ports, Notice], Overview | None]] = {
    TABLE: _table,
    DIGEST: _digest,
    DESK_DIGEST: _desk_digest,
    NEW_CASES: _new_cases,
}
