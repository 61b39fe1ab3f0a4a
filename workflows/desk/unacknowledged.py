"""Departments that miss their dates to accept complaints: whom the desk phones, and where it records the call."""

from __future__ import annotations
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from workflows.collection_names import COMPLAINTS
from workflows.domain.actions.desk import DeskAct, decide
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.records import Assignment
from workflows.domain.complaint.transition import Transition
from workflows.domain.deadlines.calendar import local_day
from workflows.errors import ActionNotPossible, FieldError, InvalidInput
from workflows.frozen import frozen
from workflows.ports import Query, Store
from workflows.unit_of_work import Complaints, Services, apply_transition
from workflows.urls import desk_path

MOST = 200

Held = tuple[Assignment, Complaint]


@frozen
class Silent:
    """A department that misses its dates to accept: number of complaints, and since when the oldest waits. `case`:
    one that operators may read, at which a call is recorded; None if all are restricted, since a ticket beside a
    department's name would reveal who has it. `called_at`: the last call, on an earlier day.
    """

    opd: str
    count: int
    since: datetime
    case: Complaint | None
    called_at: datetime | None = None


def silent(store: Store, opd: str, now: datetime) -> Silent | None:
    """The silence of a department; None if it was phoned today, since a call is about all its complaints.
    Complaints hidden from the desk are left out.
    """
    held, whole = _held(store, opd)
    called = _called_at(held)
    if not held or _is_today(called, now):
        return None
    count = len(held) if whole else store.count(_query(opd))
    _, first = min(held, key=_to_write_down_at)
    return Silent(opd, count, min(had.since for had, _ in held), None if first.restricted else first, called)


def silent_paths(services: Services, found: Iterable[Silent]) -> dict[str, str]:
    """Silent department → path of the complaint at which a call is recorded, if it has one to show."""
    return {silent.opd: desk_path(services, silent.case) for silent in found if silent.case}


def write_down_call(services: Services, opd: str) -> Transition | None:
    """Record a call to a silent department at the complaint shown, else at its oldest; None if one was made today.
    InvalidInput when nothing of the department waits for acceptance.
    """
    held, _ = _held(services.store, opd)
    if not held:
        raise InvalidInput([FieldError("opd", "not_silent")])
    if _is_today(_called_at(held), services.clock.now()):
        return None
    _, case = min(held, key=_to_write_down_at)
    rules = Rules(services.policy, services.directory)
    with suppress(ActionNotPossible):  # it has been accepted meanwhile
        return apply_transition(services, case.ticket, lambda c, now: decide(c, DeskAct("called"), rules, now))
    return None


def _query(opd: str) -> Query:
    return Query(COMPLAINTS, (("silent_opd", "==", opd),), order_by="answer_by", limit=MOST)


def _held(store: Store, opd: str) -> tuple[list[Held], bool]:
    """(silent complaints that the desk may know of, whether these are all)."""
    found = Complaints(store).query(_query(opd))
    held = [(case.assignment, case) for case in found if case.assignment and case.desk_may_read]
    return held, len(found) < MOST


def _called_at(held: list[Held]) -> datetime | None:
    return max((had.called_at for had, _ in held if had.called_at), default=None)


def _is_today(at: datetime | None, now: datetime) -> bool:
    return at is not None and local_day(at) == local_day(now)


def _to_write_down_at(held: Held) -> tuple[bool, datetime]:
    """Sort key: complaints that operators may read first, then the oldest."""
    assignment, case = held
    return case.restricted, assignment.since
