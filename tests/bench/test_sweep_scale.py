"""What a sweep costs hangs on what is due, not on how much is open."""

from __future__ import annotations
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from tests.bench.sweep_scale import sweeps
from tests.builders import MONDAY
from tests.workflows.copied_cases import DUE, filled
from tests.workflows.world import INDEXES, HandClock, World
from workflows.adapters.sqlite import SqliteStore, select_sql
from workflows.clock.deadlines import next_alarm, sweep
from workflows.collection_names import COMPLAINTS
from workflows.ports import Found, Query, Transaction

pytestmark = pytest.mark.slow

SMALL, LARGE, ROUNDS = 300, 20_000, 15
MOST = 10.0
"""The aim is 1.1, with a million and a quiet machine; a sweep that looks at each would take many times that."""
T = TypeVar("T")


@dataclass
class AskedStore:
    """A real store that remembers what it was asked."""

    store: SqliteStore
    asked: list[Query] = field(default_factory=list)

    def query(self, query: Query) -> list[Found]:
        self.asked.append(query)
        return self.store.query(query)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        return self.store.transact(work)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("cities")
    for many in (SMALL, LARGE):
        filled(folder / f"{many}.db", many, MONDAY).close()
    return folder / f"{SMALL}.db", folder / f"{LARGE}.db"


@pytest.mark.whole
def test_a_hundred_due_among_thousands_are_found_as_fast_as_among_few(files: tuple[Path, Path]) -> None:
    assert sweeps(*files, MONDAY, ROUNDS).ratio < MOST


def test_the_sweep_wakes_what_is_due_and_reads_nothing_else(files: tuple[Path, Path]) -> None:
    with closing(SqliteStore(files[1], INDEXES)) as store:
        world, asked = World(store, HandClock(MONDAY)), AskedStore(store)
        assert store.count(Query(COMPLAINTS)) == LARGE
        assert sweep(replace(world.services, store=asked)) == DUE  # type: ignore[arg-type]
        assert next_alarm(asked) == MONDAY  # type: ignore[arg-type]
        assert len({data["ticket"] for _, data in world.bus.messages}) == DUE
        assert _plans(files[1], asked.asked) == {"SEARCH"}


def _plans(file: Path, queries: list[Query]) -> set[str]:
    """The first word of every step of every plan: SEARCH, or SCAN or USE (a sort) where an index is missing."""
    with closing(sqlite3.connect(file)) as connection:
        plans = (connection.execute(f"EXPLAIN QUERY PLAN {sql}", given) for sql, given in map(select_sql, queries))
        return {step[3].split()[0] for plan in plans for step in plan}


def test_the_check_of_plans_tells_a_query_without_its_index(files: tuple[Path, Path]) -> None:
    assert "USE" in _plans(files[1], [Query(COMPLAINTS, order_by="updated_at")])
