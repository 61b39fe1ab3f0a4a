"""`make bench`: the monthly summary of 50,000 complaints, and how much memory its one pass takes."""

from __future__ import annotations
import sys
import tempfile
import time
import tracemalloc
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.builders import CALENDAR, DIRECTORY, MONDAY, POLICY, complaint
from tests.workflows.world import INDEXES
from workflows.adapters.sqlite import SqliteStore
from workflows.domain.complaint.model import CONFIRMED, Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.records.monthly_summary import Summary, monthly_summary, total
from workflows.unit_of_work import save

MANY, EACH = 50_000, 500
A_LETTER = "Lampu jalan di depan musala mati sudah tiga malam, gelap sekali dan rawan. " * 6


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "laksa.db", INDEXES)
        _fill(store)
        started, worked = time.perf_counter(), time.process_time()
        summary = monthly_summary(store, CALENDAR)
        seconds, work = time.perf_counter() - started, time.process_time() - worked
        memory = _memory(store)
        store.close()
    _tell(summary, seconds, work, memory)


def _tell(summary: Summary, seconds: float, work: float, memory: float) -> None:
    assert total(summary).received == MANY
    sys.stdout.write(f"monthly summary of {MANY:,} complaints: {seconds:.1f} s ({work:.1f} s of work)\n")
    sys.stdout.write(f"{len(summary)} rows; memory at its height, of one year: {memory:.1f} MB\n")


def _memory(store: SqliteStore) -> float:
    """Of a pass over a part of them: tracing makes it slow."""
    tracemalloc.start()
    monthly_summary(store, CALENDAR, MONDAY.year)
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return height / 1e6


def _fill(store: SqliteStore) -> None:
    luck = Random(1)
    for first in range(0, MANY, EACH):
        cases = [_case(n, luck) for n in range(first, first + EACH)]
        store.transact(lambda tx, part=cases: [save(tx, Transition(case), POLICY, MONDAY) for case in part])  # type: ignore[misc]


def _ticket(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def _case(number: int, luck: Random) -> Complaint:
    opd = luck.choice([department.code for department in DIRECTORY.assignable()])
    at = MONDAY - timedelta(minutes=20 * number)
    shape: dict[str, Any] = {"ticket": _ticket(number), "received_at": at, "text": A_LETTER}
    if number % 10 == 1:
        return complaint(State.MERGED, **shape, parent=_ticket(number - 1))
    if number % 3:
        answered = {"answered_at": at + timedelta(days=luck.randrange(20)), "closed_as": CONFIRMED}
        return complaint(State.CLOSED, opd, **shape, **answered, rating=luck.randrange(6))
    return complaint(State.IN_PROGRESS, opd, **shape)


if __name__ == "__main__":
    main()
