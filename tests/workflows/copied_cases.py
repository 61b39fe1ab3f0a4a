"""Open cases by the million: some written as ever, then copied inside the file of the embedded store."""

from __future__ import annotations
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tests.builders import DIRECTORY, complaint, held
from tests.workflows.world import INDEXES
from workflows.adapters.document_store import encode_document, plain_document
from workflows.adapters.sqlite import SqliteStore
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import Complaint, State, to_document
from workflows.domain.complaint.ticket import new_ticket

DUE = 100
SEEDS = 900
OFFICES = [office.code for office in DIRECTORY.assignable()]
_SPREAD = 0x9E3779B97F
"""Odd: every number of 40 bits gets a ticket of its own, and neighbours lie as far apart as real ones do."""
_INSERT = "INSERT INTO documents VALUES (?, ?, ?)"
_COPY = """WITH copy AS MATERIALIZED (SELECT id AS old, ticket() AS new, body FROM documents WHERE rowid <= ?)
    INSERT INTO documents SELECT 'complaints', new, replace(body, old, new) FROM copy"""


def filled(path: Path, many: int, now: datetime) -> SqliteStore:
    """A store with so many open cases; the alarms of DUE among them have rung, and lie all over the file."""
    SqliteStore(path, INDEXES).close()
    tickets = map(_ticket, count())
    seeds = [_case(next(tickets), n, now) for n in range(min(SEEDS, many - DUE))]
    due = [_case(next(tickets), n, now).evolve(next_check_at=now) for n in range(DUE)]
    with _fast(path) as connection:
        connection.create_function("ticket", 0, lambda: next(tickets))
        _insert(connection, seeds)
        parts = _parts(many - DUE - len(seeds), len(seeds))
        for place, size in enumerate(parts):
            connection.execute(_COPY, (size,))
            _insert(connection, due[place * DUE // len(parts) : (place + 1) * DUE // len(parts)])
    return SqliteStore(path, INDEXES)


def _ticket(number: int) -> str:
    return new_ticket((number * _SPREAD % 2**40).to_bytes(5, "big"))


def _parts(left: int, most: int) -> list[int]:
    return [min(most, left - first) for first in range(0, left, most)] or [0]


def _case(ticket: str, number: int, now: datetime) -> Complaint:
    """Most are with a department, one in a hundred waits at the desk; whichever, its alarm lies ahead."""
    office, alarm = OFFICES[number % len(OFFICES)], now + timedelta(days=14, minutes=number)
    known: dict[str, Any] = {"ticket": ticket, "received_at": now, "updated_at": now, "next_check_at": alarm}
    if number % 100 == 0:
        return complaint(State.AT_DESK, desk_since=now, desk_by=alarm, **known)
    accepted = replace(held(office, acknowledged_at=now), since=now)
    dates = {"clock_start": now, "answer_by": alarm + timedelta(days=7), "assignment": accepted}
    return complaint(State.IN_PROGRESS, office, category="sampah_angkut", urgent=number % 50 == 1, **dates, **known)


@contextmanager
def _fast(path: Path) -> Iterator[sqlite3.Connection]:
    """One large write, with nothing to lose if it is cut off."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, cases: list[Complaint]) -> None:
    rows = [(COMPLAINTS, case.ticket, encode_document(plain_document(to_document(case)))) for case in cases]
    connection.executemany(_INSERT, rows)
