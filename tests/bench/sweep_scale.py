"""`make bench`: the sweep over a million open reports beside the sweep over a thousand, 100 due in each.

Both lie in files of the embedded store and are swept in turns, so the ratio says more than either time. Then a
host is started on each: the board's first page, an office's list, and a report sent as a script sends it. Filling
takes some minutes; the files (3 GB) go when it ends.
"""

from __future__ import annotations
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.intake import LETTER
from tests.journeys.city import City, next_tuesday
from tests.workflows.copied_cases import DUE, OFFICES, filled
from tests.workflows.world import INDEXES, HandClock, World
from workflows.adapters.local_files import load_or_create
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite import SqliteStore
from workflows.clock.deadlines import sweep
from workflows.unit_of_work import Services

SMALL, LARGE = 1_000, 1_000_000
SWEEPS, PAGES = 41, 15
AIM = 1.1
BOARD, LIST, SUBMIT = "the board's first page", "an office's list", "a report sent, stored and answered"


@dataclass(frozen=True)
class Beside:
    """Seconds of the same thing in the small file and in the large one, taken in turns."""

    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times as long it takes in the large one, by the medians."""
        return statistics.median(self.large) / statistics.median(self.small)

    def line(self, name: str) -> str:
        """Both medians in milliseconds, and the ratio."""
        small, large = (statistics.median(each) * 1000 for each in (self.small, self.large))
        return f"{name:<36}{small:10.1f} ms{large:10.1f} ms{self.ratio:8.2f}\n"


def main() -> None:
    """Measure and print."""
    now = next_tuesday()
    with tempfile.TemporaryDirectory() as name:
        small, large = (Path(name) / str(many) for many in (SMALL, LARGE))
        for many, folder in ((SMALL, small), (LARGE, large)):
            seconds = _fill(folder, many, now)
        sys.stdout.write(f"{LARGE:,} open reports written in {seconds:.0f} s\n")
        sys.stdout.write(f"{'open reports':<36}{SMALL:>13,}{LARGE:>13,}   times\n")
        swept = sweeps(small / "laksa.db", large / "laksa.db", now, SWEEPS)
        sys.stdout.write(swept.line(f"a sweep with {DUE} due"))
        for what, measured in _pages(small, large, now).items():
            sys.stdout.write(measured.line(what))
    sys.stdout.write(f"the sweep of a million: {swept.ratio:.2f} times that of a thousand (aim: {AIM})\n")


def _fill(folder: Path, many: int, now: datetime) -> float:
    folder.mkdir()
    return _timed(lambda: filled(folder / "laksa.db", many, now).close())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def sweeps(small: Path, large: Path, now: datetime, rounds: int) -> Beside:
    """Whole sweeps of two files; nobody handles what they wake, so that each finds the same again."""
    beside, stores = Beside(), [SqliteStore(path, INDEXES) for path in (small, large)]
    with closing(stores[0]), closing(stores[1]):
        services = [World(store, HandClock(now)).services for store in stores]
        for _ in range(rounds):
            beside.small.append(_timed(lambda: _swept(services[0])))
            beside.large.append(_timed(lambda: _swept(services[1])))
    return beside


def _swept(services: Services) -> None:
    assert sweep(services) == DUE


def _pages(small: Path, large: Path, now: datetime) -> dict[str, Beside]:
    """Whole requests to a host on each, once what was due is done; a report is handled before the next."""
    measured = {what: Beside() for what in (BOARD, LIST, SUBMIT)}
    cities = City(small, begins=now).start(), City(large, begins=now).start()
    try:
        for number in range(PAGES):
            for city, place in zip(cities, ("small", "large"), strict=True):
                city.idle()
                for what, ask in _requests(city, now, number).items():
                    getattr(measured[what], place).append(_timed(ask))
    finally:
        for city in cities:
            city.stop()
    return measured


def _requests(city: City, now: datetime, number: int) -> dict[str, Callable[[], None]]:
    links, until = SignedLinks(load_or_create(city.data / "secrets.json")), now + timedelta(hours=12)
    report = {"message": LETTER.format(n=number), "email": f"warga{number}@contoh.example"}
    return {
        BOARD: partial(_ask, city, "GET", f"/papan/{links.board_token(until)}"),
        LIST: partial(_ask, city, "GET", f"/kasus/{links.list_token(OFFICES[1], until)}"),
        SUBMIT: partial(_ask, city, "POST", "/", json.dumps(report)),
    }


def _ask(city: City, method: str, path: str, body: str | None = None) -> None:
    connection = HTTPConnection("127.0.0.1", city.port, timeout=60)
    with closing(connection):
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        assert answer.status in (200, 201), (path[:8], answer.status, answer.read())
        answer.read()


if __name__ == "__main__":
    main()
