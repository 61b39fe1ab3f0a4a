"""The run: a quiet day of a city, then ten lives; what each did, and the bytes that are left of them."""

from __future__ import annotations
import statistics
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.cost.life import OF_TEN, Life
from tests.bench.cost.meter import Call
from tests.bench.cost.sizes import Indexes, document_size, index_size, read_indexes
from tests.bench.cost.town import Browser, Town, town_in
from tests.workflows.world import INDEXES
from workflows.collection_names import NOTICES

MORNING = "morning_digest"
SHORT_LIVED = ("submissions",)
"""Collections that TTL empties."""
FAST = Path("/dev/shm")
FIRST_MORNING, LAST_KEPT = 3, 6
"""Parts of a life, by their place: the one with the morning after; the last before anything is erased."""
WITH_ONE_DIGEST = 3
"""Calls of a morning: the run, a department's letter, the desk's."""


@dataclass
class Measured:
    """Calls of a quiet sweep and morning, of a health check, of each overview, and of each part of ten lives.

    digest: the calls of a morning with one department's letter. kept, indexed, photos: bytes that one life leaves
    in documents, in their indexes and in the bucket; short_lived: documents that go by themselves.
    """

    sweep: list[Call] = field(default_factory=list)
    morning: list[Call] = field(default_factory=list)
    digest: list[Call] = field(default_factory=list)
    health: list[Call] = field(default_factory=list)
    list_page: list[Call] = field(default_factory=list)
    board: list[Call] = field(default_factory=list)
    parts: dict[str, list[Call]] = field(default_factory=dict)
    kept: float = 0
    indexed: float = 0
    photos: float = 0
    short_lived: float = 0

    @property
    def calls(self) -> list[Call]:
        """Every call of the ten lives."""
        return [call for calls in self.parts.values() for call in calls]


def measure() -> Measured:
    """Run it in a folder of its own, in memory where there is room: seconds of a disk are nobody's CPU."""
    measured, place = Measured(), FAST if FAST.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder, town_in(Path(folder) / "laksa") as town:
        _quiet_day(town, measured)
        _lives(town, measured)
    _warm(measured)
    return measured


def _quiet_day(town: Town, measured: Measured) -> None:
    """The second morning: on the first, departments are asked about their mailboxes."""
    town.later(hours=22.2)
    town.meter.take()
    town.later(hours=24)
    measured.morning = [call for call in town.meter.take() if call.cause == MORNING]
    town.sweep()
    measured.sweep = town.meter.take()
    Browser(town, "35.191.0.1").open("/sehat")
    measured.health = town.meter.take()
    town.later(hours=1.8)
    town.meter.take()


def _lives(town: Town, measured: Measured) -> None:
    """Of the mornings only the first, on which the reports are new, is theirs: the others are the departments'."""
    before, later = _stored(town, read_indexes(INDEXES)), list[Call]()
    for number, (name, calls) in enumerate(Life(town).parts()):
        mornings = [call for call in calls if call.cause == MORNING]
        own = number == FIRST_MORNING
        measured.parts[name] = calls if own else [call for call in calls if call.cause != MORNING]
        later += [] if own else mornings
        if number == FIRST_MORNING:
            _overviews(town, measured)
        if number == LAST_KEPT:
            _weigh_rows(town, measured, before)
    measured.digest = next(group for group in _mornings(later) if len(group) == WITH_ONE_DIGEST)


def _mornings(calls: Iterable[Call]) -> list[list[Call]]:
    groups: list[list[Call]] = []
    for call in calls:
        if call.function == MORNING:
            groups.append([])
        groups[-1].append(call)
    return groups


def _overviews(town: Town, measured: Measured) -> None:
    links, until = town.runtime.links, town.clock.now().replace(year=town.clock.now().year + 1)
    browser = Browser(town, "10.20.0.7")
    for pages, path in (
        (measured.list_page, f"/kasus/{links.list_token('DLH', until)}"),
        (measured.board, f"/papan/{links.board_token(until)}"),
    ):
        browser.open(path)
        pages += town.meter.take()[:1]  # sheets and pictures are kept for a year


def _weigh_rows(town: Town, measured: Measured, before: tuple[int, int, int]) -> None:
    after = _stored(town, read_indexes(INDEXES))
    grown = [(now - then) / OF_TEN for now, then in zip(after, before, strict=True)]
    measured.kept, measured.indexed, measured.short_lived = grown
    folder = town.runtime.settings.data / "photos"
    measured.photos = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / OF_TEN


def _stored(town: Town, indexes: Indexes) -> tuple[int, int, int]:
    """Bytes of documents and of their index entries, and how many documents TTL will delete."""
    documents = entries = passing = 0
    for row in town.runtime.store.rows():
        if row.collection in SHORT_LIVED:
            passing += 1
        elif row.collection != NOTICES or row.data.get("ticket"):  # a morning's letters are nobody's
            documents += document_size(row.collection, row.id, row.data)
            entries += index_size(row.collection, row.id, row.data, indexes)
    return documents, entries, passing


def _warm(measured: Measured) -> None:
    """A function's first call of a process, with its imports, is taken for one of its usual ones."""
    lists = (measured.morning, measured.sweep, measured.health, measured.list_page, measured.board, measured.calls)
    calls = [call for each in lists for call in each]
    for function in {call.function for call in calls}:
        own = [call for call in calls if call.function == function]
        own[0].cpu = statistics.median(call.cpu for call in own)
