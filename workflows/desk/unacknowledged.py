"""Departments that let their dates to accept pass: whom the desk phones, and where it writes the call down."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import COMPLAINTS
from workflows.complaints import Complaints
from workflows.domain.actions.desk import DeskAct, decide
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.model import Assignment, Complaint
from workflows.domain.complaint.transition import Transition
from workflows.domain.deadlines.calendar import local_day
from workflows.errors import ActionNotPossible, FieldError, InvalidInput
from workflows.ports import Query, Store
from workflows.unit_of_work import Services, apply_transition
from workflows.urls import desk_path

MOST = 200

Held = tuple[Assignment, Complaint]


@dataclass(frozen=True)
class Silent:
    """A department that lets its dates to accept pass: how many cases, the oldest of them since when.

    case: one that operators may read, to write a phone call down at; None where all are restricted, for a number
    beside a department's name tells with whom that report is. called_at: the last call, on an earlier day.
    """

    opd: str
    count: int
    since: datetime
    case: Complaint | None
    called_at: datetime | None = None


def silent(store: Store, opd: str, now: datetime) -> Silent | None:
    """None once it was phoned today: a call is about all its cases. What the desk may not know of is left out."""
    held, whole = _held(store, opd)
    called = _called_at(held)
    if not held or _is_today(called, now):
        return None
    count = len(held) if whole else store.count(_query(opd))
    _, first = min(held, key=_to_write_down_at)
    return Silent(opd, count, min(had.since for had, _ in held), None if first.restricted else first, called)


def silent_paths(ports: Services, found: Iterable[Silent]) -> dict[str, str]:
    """Silent department → the path of the case to write a phone call down at, where it has one to show."""
    return {silent.opd: desk_path(ports, silent.case) for silent in found if silent.case}


def write_down_call(ports: Services, opd: str) -> Transition | None:
    """A call to a silent department, at the case it shows, else at its oldest; None where one was made today.

    InvalidInput where nothing of the department waits to be accepted.
    """
    held, _ = _held(ports.store, opd)
    if not held:
        raise InvalidInput([FieldError("opd", "not_silent")])
    if _is_today(_called_at(held), ports.clock.now()):
        return None
    _, case = min(held, key=_to_write_down_at)
    rules = Rules(ports.policy, ports.directory)
    with suppress(ActionNotPossible):  # it has just been accepted
        return apply_transition(ports, case.ticket, lambda c, now: decide(c, DeskAct("called"), rules, now))
    return None


def _query(opd: str) -> Query:
    return Query(COMPLAINTS, (("silent_opd", "==", opd),), order_by="answer_by", limit=MOST)


def _held(store: Store, opd: str) -> tuple[list[Held], bool]:
    """The silent cases that the desk may know of, and whether these are all that there are."""
    found = Complaints(store).query(_query(opd))
    held = [(case.assignment, case) for case in found if case.assignment and case.desk_may_read]
    return held, len(found) < MOST


def _called_at(held: list[Held]) -> datetime | None:
    return max((had.called_at for had, _ in held if had.called_at), default=None)


def _is_today(at: datetime | None, now: datetime) -> bool:
    return at is not None and local_day(at) == local_day(now)


def _to_write_down_at(held: Held) -> tuple[bool, datetime]:
    """At one that operators may read, if there is one; the oldest first."""
    assignment, case = held
    return case.restricted, assignment.since
