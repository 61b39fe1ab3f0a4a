"""`make bench`: the list of a department with 5,000 open cases, beside the list of one with 50.

Both lie in one store and are asked for in turns, so the ratio says more than either; a page shows 200 cases.
"""

from __future__ import annotations
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

from tests.builders import POLICY, complaint, held
from tests.journeys.city import City, next_tuesday
from tests.workflows.world import INDEXES
from workflows.adapters.local_files import load_or_create
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite import SqliteStore
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.unit_of_work import save

LISTS = {"DLH": 5000, "PUPR": 50}
AREAS = [f"36.71.01.{number}" for number in range(1001, 1009)]
ROUNDS = 30


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "laksa"
        data.mkdir()
        begins = next_tuesday()
        _fill(data, begins)
        city = City(data, begins=begins).start()
        try:
            links = SignedLinks(load_or_create(data / "secrets.json"))
            paths = {opd: f"/kasus/{links.list_token(opd, begins + timedelta(days=1))}" for opd in LISTS}
            medians = _measure(city.port, paths)
        finally:
            city.stop()
    for opd, many in LISTS.items():
        sys.stdout.write(f"{f'list of {many} open cases':<32}{medians[opd] * 1000:8.1f} ms\n")
    ratio = medians["DLH"] / medians["PUPR"]
    sys.stdout.write(f"The list of 5000 takes {ratio:.1f} times as long as that of 50\n")


def _fill(data: Path, now: datetime) -> None:
    """Accepted cases that are due in the weeks to come, so that no alarm rings while the lists are measured."""
    store = SqliteStore(data / "laksa.db", INDEXES)
    cases = [_case(opd, n, now) for opd, many in LISTS.items() for n in range(many)]
    for first in range(0, len(cases), 500):
        part = cases[first : first + 500]
        store.transact(lambda tx, part=part: [save(tx, Transition(case), POLICY, now) for case in part])  # type: ignore[misc]
    store.close()


def _case(opd: str, number: int, now: datetime) -> Complaint:
    ticket = new_ticket(f"{opd}{number:05}".encode()[-5:] if opd == "DLH" else number.to_bytes(5, "big"))
    assignment = replace(held(opd, acknowledged_at=now, officer="Pak A."), since=now)
    return complaint(
        State.IN_PROGRESS,
        opd,
        ticket=ticket,
        assignment=assignment,
        category="sampah_angkut",
        kelurahan=AREAS[number % len(AREAS)],
        urgent=number % 50 == 0,
        received_at=now,
        clock_start=now,
        answer_by=now + timedelta(days=14, minutes=number),
    )


def _measure(port: int, paths: dict[str, str]) -> dict[str, float]:
    """Department → median seconds of a whole request to its path, over one connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    seconds: dict[str, list[float]] = {opd: [] for opd in LISTS}
    for _ in range(ROUNDS):
        for opd, path in paths.items():
            start = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            page = answer.read().decode()
            seconds[opd].append(time.perf_counter() - start)
            assert answer.status == 200 and f"{LISTS[opd]:,}".replace(",", ".") in page, answer.status
    connection.close()
    return {opd: statistics.median(taken) for opd, taken in seconds.items()}


if __name__ == "__main__":
    main()
