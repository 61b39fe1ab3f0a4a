"""A department's open complaints as queries and counts. Assignments that the desk can still undo are hidden from
it.
"""

from __future__ import annotations
import operator
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.deadlines.calendar import WIB
from workflows.frozen import frozen
from workflows.ports import Document, Found, Operator, Query, Reads, Where
from workflows.unit_of_work import complaint_of


@frozen
class Counts:
    """Numbers of open complaints of one department. Paused ones are neither overdue nor due."""

    open: int
    overdue: int
    today: int


def open_cases(opd: str, *more: tuple[str, Operator, Any]) -> Query:
    """The query for every complaint that the department owes an answer to, nearest deadline first."""
    return Query(COMPLAINTS, (("assignment_opd", "==", opd), *more), order_by="answer_by")


def is_on_top(case: Complaint) -> bool:
    """Whether danger puts it at the top of a list; the place of a restricted one must not reveal danger."""
    return case.urgent and not case.restricted


def overdue(now: datetime) -> Where:
    """The condition that the deadline has passed."""
    return (("answer_by", "<=", now),)


def due_today(now: datetime) -> Where:
    """The condition that the deadline is between now and midnight in Tangerang."""
    midnight = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (("answer_by", ">", now), ("answer_by", "<", midnight))


def has_open(store: Reads, opd: str) -> bool:
    """Whether a department has any open complaint: one read, where counting reads all of them."""
    return bool(store.query(replace(open_cases(opd), limit=1, fields=("ticket",))))


def count_open(store: Reads, opd: str) -> int:
    """Number of open complaints of a department."""
    return store.count(open_cases(opd))


def count_owed(store: Reads, opd: str, when: Where) -> int:
    """Number of those with a deadline in that span, without paused ones."""
    standing = store.count(open_cases(opd, ("state", "==", State.WAITING), *when))
    return store.count(open_cases(opd, *when)) - standing


def counts(store: Reads, opd: str, now: datetime) -> Counts:
    """All three numbers at one moment."""
    late, today = (count_owed(store, opd, when) for when in (overdue(now), due_today(now)))
    return Counts(count_open(store, opd), late, today)


def owed_cases(store: Reads, opd: str, when: Where, most: int) -> tuple[Complaint, ...]:
    """The first complaints with a deadline in that span, nearest first."""
    found = store.query(replace(open_cases(opd, *when), limit=most))
    cases = (complaint_of(item) for item in found)
    return tuple(case for case in cases if case.state != State.WAITING)


MAX_OPEN = 1000
"""The most complaints that the whole desk assigns in ten minutes."""
_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@frozen
class HidePendingAssignments:
    """Wraps a store's reads: complaints in `held` (by ticket) are neither found nor counted."""

    store: Reads
    held: dict[str, Document]

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        hidden = self._hidden(collection)
        found = self.store.get_many(collection, ids)
        return [None if id in hidden else document for id, document in zip(ids, found, strict=True)]

    def query(self, query: Query) -> list[Found]:
        hidden = self._hidden(query.collection)
        found = self.store.query(replace(query, limit=query.limit + len(hidden)))
        return [item for item in found if item.id not in hidden][: query.limit]

    def count(self, query: Query) -> int:
        hidden = self._hidden(query.collection)
        return self.store.count(query) - sum(_matches(query, document) for document in hidden.values())

    def _hidden(self, collection: str) -> dict[str, Document]:
        return self.held if collection == COMPLAINTS else {}


def hiding_pending_assignments(store: Reads, opd: str, now: datetime) -> Reads:
    """The reads of the store without what that department may not know yet."""
    query = Query(COMPLAINTS, (("recall_until", ">", now),), order_by="recall_until", limit=MAX_OPEN)
    held = {item.id: item.data for item in store.query(query) if item.data["assignment_opd"] == opd}
    return HidePendingAssignments(store, held) if held else store


def _matches(query: Query, document: Document) -> bool:
    """Whether the document matches, compared as the store does: a missing value is neither before nor after
    another.
    """
    return all(_compare(how, document.get(name), value) for name, how, value in query.where)


def _compare(how: str, held: Any, value: Any) -> bool:
    if how == "==":
        return bool(held == value)
    return held is not None and bool(_COMPARED[how](held, value))
