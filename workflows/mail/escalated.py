"""What stands on the daily tables of the people above the departments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from workflows.collection_names import COMPLAINTS
from workflows.complaints import complaint_of
from workflows.domain.complaint import AT_DESK, Complaint
from workflows.domain.ladder import rungs_of, tables_reached
from workflows.domain.offices import MAYOR, SEKDA
from workflows.domain.rungs import TABLES
from workflows.ports import Found, Query, Store
from workflows.records.every_found import every_found
from workflows.unit_of_work import Services

PAGE = 200
OFFICES = {"sekda": SEKDA, "mayor": MAYOR}
"""Whom a rung names → the office that gets the table."""


def daily_tables(ports: Services) -> dict[str, list[Complaint]]:
    """Office → the cases that have come up to it, longest overdue first; only offices that have one.

    What has reached the mayor stays with the Sekda, and his assistants read their departments' part of his table,
    but for restricted cases. Nobody reads of a case that accuses them, that they are kept out of, or whose present
    holder has a ladder without them.
    """
    found = (complaint_of(found) for table in TABLES for found in _all(ports.store, table))
    tables: dict[str, list[Complaint]] = {}
    now = ports.clock.now()
    settled = (case for case in found if not _is_held_back(case, now))
    for case in sorted(settled, key=lambda c: c.answer_by or c.desk_by or c.received_at):
        for office in _readers(ports, case):
            tables.setdefault(office, []).append(case)
    return tables


def _is_held_back(case: Complaint, now: datetime) -> bool:
    """Held at the desk as a machine's, or given away and still to be taken back: nobody is told of it yet."""
    until = case.recallable_until
    return bool((case.quarantine and case.state == AT_DESK) or (until and until > now))


def _readers(ports: Services, case: Complaint) -> Iterator[str]:
    reached = tables_reached(case)
    for rung in rungs_of(case, ports.policy):
        if rung.to in reached:
            yield OFFICES[rung.to]
        if rung.to == "sekda" and not case.restricted and (asisten := ports.directory.asisten_of(case.opd or "")):
            yield asisten


def _all(store: Store, table: str) -> Iterator[Found]:
    return every_found(store, Query(COMPLAINTS, (("table", "==", table),), limit=PAGE))
