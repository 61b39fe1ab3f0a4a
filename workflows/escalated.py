"""What stands on the daily table of a person above the departments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from workflows.domain.complaint import Complaint, from_document
from workflows.domain.keeping_out import may_hear
from workflows.ports import Found, Query, Store
from workflows.runner import COMPLAINTS

PAGE = 200
Person = Literal["sekda", "mayor"]


def on_table(store: Store, person: Person) -> list[Complaint]:
    """Overdue complaints, longest first; what has reached the mayor stays with the Sekda too.

    No case that accuses this person, or that this person is kept out of, stands on their table.
    """
    tables = ("sekda", "mayor") if person == "sekda" else ("mayor",)
    found = (from_document(found.data) for table in tables for found in _all(store, table))
    cases = [complaint for complaint in found if may_hear(complaint, person)]
    return sorted(cases, key=lambda c: c.answer_by or c.desk_by or c.received_at)


def _all(store: Store, table: str) -> Iterator[Found]:
    query = Query(COMPLAINTS, (("table", "==", table),), limit=PAGE)
    while page := store.query(query):
        yield from page
        query = replace(query, after=("", page[-1].id))
