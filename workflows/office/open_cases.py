"""A department's open cases, as the store knows them: how many, and which are past their date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from workflows.collection_names import COMPLAINTS
from workflows.complaints import complaint_of
from workflows.domain.calendar import WIB
from workflows.domain.complaint import WAITING, Complaint
from workflows.ports import Operator, Query, Reads, Where


@dataclass(frozen=True)
class Counts:
    """Open cases of one department. What waits for the citizen is neither overdue nor due: its clock stands."""

    open: int
    overdue: int
    today: int


def open_cases(opd: str, *more: tuple[str, Operator, Any]) -> Query:
    """Every case that department owes an answer to, the nearest deadline first."""
    return Query(COMPLAINTS, (("assignment_opd", "==", opd), *more), order_by="answer_by")


def is_on_top(case: Complaint) -> bool:
    """Whether danger puts it before all others in a list; a restricted one's place must not tell of danger."""
    return case.urgent and not case.restricted


def overdue(now: datetime) -> Where:
    """The deadline has passed."""
    return (("answer_by", "<=", now),)


def due_today(now: datetime) -> Where:
    """The deadline lies between now and midnight in Tangerang."""
    midnight = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (("answer_by", ">", now), ("answer_by", "<", midnight))


def has_open(store: Reads, opd: str) -> bool:
    """Whether a department has any open case: one read, where counting reads along all of them."""
    return bool(store.query(replace(open_cases(opd), limit=1, fields=("ticket",))))


def count_open(store: Reads, opd: str) -> int:
    """How many cases a department has."""
    return store.count(open_cases(opd))


def count_owed(store: Reads, opd: str, when: Where) -> int:
    """How many of them fall into that span of deadlines, but for those whose clock stands."""
    standing = store.count(open_cases(opd, ("state", "==", WAITING), *when))
    return store.count(open_cases(opd, *when)) - standing


def counts(store: Reads, opd: str, now: datetime) -> Counts:
    """All three numbers at one moment."""
    late, today = (count_owed(store, opd, when) for when in (overdue(now), due_today(now)))
    return Counts(count_open(store, opd), late, today)


def owed_cases(store: Reads, opd: str, when: Where, most: int) -> tuple[Complaint, ...]:
    """The first of those cases, nearest deadline first."""
    found = store.query(replace(open_cases(opd, *when), limit=most))
    cases = (complaint_of(item) for item in found)
    return tuple(case for case in cases if case.state != WAITING)
