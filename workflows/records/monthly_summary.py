"""Complaints per month with their present state, by department: one pass over all complaints, nothing stored."""

from __future__ import annotations
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from workflows.domain.complaint.model import Complaint, State
from workflows.domain.deadlines.calendar import WIB, WorkCalendar
from workflows.domain.reporting import Key, Tally, key_of
from workflows.merging import merge_root
from workflows.ports import Store, Where
from workflows.records.queries import every_page
from workflows.unit_of_work import Complaints

Summary = dict[Key, Tally]
FIELDS = (
    *("ticket", "received_at", "state", "assignment", "parent", "closed_as", "outcome"),
    *("answered_at", "answer_by", "disputes", "rating"),
)
"""The fields that are counted: no text is read."""
PAGE = 1_000
"""Complaints per query: on Firestore each query takes its time, however little it returns."""


def monthly_summary(store: Store, calendar: WorkCalendar, year: int | None = None) -> Summary:
    """The rows by holder and month, in order. `year`: only complaints received in it, in the city's time."""
    rows: defaultdict[Key, Tally] = defaultdict(Tally)
    for page in every_page(store, _within(year), FIELDS, PAGE):
        leads = leads_of(store, page)
        for case in page:
            lead = leads.get(case.parent)
            rows[key_of(case, lead)].count(case, lead, calendar)
    return dict(sorted(rows.items()))


def total(summary: Summary) -> Tally:
    """The sum of all rows as one."""
    whole = Tally()
    for row in summary.values():
        whole.add(row)
    return whole


def _within(year: int | None) -> Where:
    if year is None:
        return ()
    first, after = (datetime(y, 1, 1, tzinfo=WIB).astimezone(UTC) for y in (year, year + 1))
    return (("received_at", ">=", first), ("received_at", "<", after))


def leads_of(store: Store, page: Sequence[Complaint]) -> dict[str, Complaint]:
    """For each parent named by merged complaints of a page, the complaint that is worked on."""
    parents = list({case.parent for case in page if case.state == State.MERGED})
    cases = {case.ticket: case for case in Complaints(store).get_many(parents) if case}
    found = {parent: _last(store, case) for parent, case in cases.items()}
    return {parent: lead for parent, lead in found.items() if lead}


def _last(store: Store, case: Complaint) -> Complaint | None:
    return merge_root(store, case.parent) if case.state == State.MERGED else case
