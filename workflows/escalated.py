"""What stands on the daily table of a person above the departments."""

from __future__ import annotations

from typing import Literal

from workflows.domain.complaint import Complaint, from_document
from workflows.ports import Query, Store
from workflows.runner import COMPLAINTS

MOST = 500
Person = Literal["sekda", "mayor"]


def on_table(store: Store, person: Person) -> list[Complaint]:
    """Overdue complaints, longest first; what has reached the mayor stays with the Sekda too."""
    tables = ("sekda", "mayor") if person == "sekda" else ("mayor",)
    queries = [Query(COMPLAINTS, (("table", "==", table),), limit=MOST) for table in tables]
    cases = [from_document(found.data) for query in queries for found in store.query(query)]
    return sorted(cases, key=lambda c: c.answer_by or c.desk_by or c.received_at)
