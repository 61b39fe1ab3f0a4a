"""The content of a department's morning digest: new, due today, overdue, and what citizens have added since."""

from __future__ import annotations
from datetime import datetime

from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint
from workflows.domain.complaint.transition import EventName, TimelineEvent
from workflows.domain.documents import read_record
from workflows.frozen import frozen
from workflows.office.open_cases import count_owed, due_today, hiding_pending_assignments, overdue, owed_cases
from workflows.ports import Query, Reads, Where
from workflows.unit_of_work import Complaints, timeline_of

LINES = 40
"""Complaints of one kind beyond this are counted, not named; the list behind the link has them all."""
MAX_NEW = 1000
FEW_NEW = 5
"""With at least this many new complaints, one is most likely still there."""
MAX_ADDED = 10
MAX_WORDS = 3
"""Additions that are read of one complaint."""


@frozen
class Section:
    """`total` complaints of one kind, with the first of them."""

    total: int
    cases: tuple[Complaint, ...]


@frozen
class Added:
    """A complaint and what its citizen has written since, oldest first."""

    complaint: Complaint
    entries: tuple[TimelineEvent, ...]


@frozen
class DepartmentMorning:
    """One department's morning; `added_total` counts the complaints with additions."""

    opd: str
    overdue: Section
    today: Section
    new: Section
    added_total: int
    added: tuple[Added, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth a mail."""
        return not (self.overdue.total or self.today.total or self.new.total or self.added_total)


def has_news(store: Reads, opd: str, since: datetime, now: datetime) -> bool:
    """Whether department_morning would be worth a mail; stops at the first thing found."""
    store = hiding_pending_assignments(store, opd, now)
    return bool(
        count_owed(store, opd, overdue(now))
        or count_owed(store, opd, due_today(now))
        or store.count(_added_query(opd, since))
        or _new(store, opd, since, FEW_NEW).total
        or _new(store, opd, since).total
    )


def department_morning(store: Reads, opd: str, since: datetime, now: datetime) -> DepartmentMorning:
    """The state as of now; `since` is the moment of the department's last digest."""
    store = hiding_pending_assignments(store, opd, now)
    cases = _added_cases(store, opd, since)
    return DepartmentMorning(
        opd,
        overdue=_owed(store, opd, overdue(now)),
        today=_owed(store, opd, due_today(now)),
        new=_new(store, opd, since),
        added_total=store.count(_added_query(opd, since)),
        added=tuple(Added(case, _words(store, case, since)) for case in cases),
    )


def _owed(store: Reads, opd: str, when: Where) -> Section:
    total = count_owed(store, opd, when)
    return Section(total, owed_cases(store, opd, when, LINES) if total else ())


def _new(store: Reads, opd: str, since: datetime, most: int = MAX_NEW) -> Section:
    """Complaints that were assigned to the department since and are still there, found by their notices."""
    given: Where = (("to", "==", opd), ("template", "==", "new_case"), ("created_at", ">", since))
    found = store.query(Query(NOTICES, given, order_by="created_at", limit=most))
    tickets = list(dict.fromkeys(item.data["ticket"] for item in found))
    cases = [case for case in Complaints(store).get_many(tickets) if case]
    held = tuple(case for case in cases if case.opd == opd and case.state in WITH_DEPARTMENT)
    return Section(len(held), held[:LINES])


def _added_query(opd: str, since: datetime) -> Query:
    added: Where = (("assignment_opd", "==", opd), ("added_at", ">", since))
    return Query(COMPLAINTS, added, order_by="added_at", limit=MAX_ADDED)


def _added_cases(store: Reads, opd: str, since: datetime) -> list[Complaint]:
    return Complaints(store).query(_added_query(opd, since))


def _words(store: Reads, case: Complaint, since: datetime) -> tuple[TimelineEvent, ...]:
    """The latest additions; none are read for a restricted complaint."""
    if case.restricted:
        return ()
    recent = Query(timeline_of(case.ticket), (("at", ">", since),), order_by="at", limit=100)
    entries = [read_record(TimelineEvent, item.data) for item in store.query(recent)]
    return tuple(entry for entry in entries if entry.event == EventName.ADDED)[-MAX_WORDS:]
