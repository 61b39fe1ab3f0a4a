"""All that a query finds, and what the store charges for it."""

from __future__ import annotations

import pytest

from tests.workflows.counting import CountingStore
from tests.workflows.world import World
from workflows.ports import Query, Transaction
from workflows.records.queries import every_found

DAYS = Query("kept_days", order_by="day", limit=3)
IDS = Query("kept_days", limit=3)


def keep(world: World, many: int) -> list[str]:
    """So many documents, two of a day."""
    ids = [f"{n:02d}" for n in range(many)]

    def work(transaction: Transaction) -> None:
        for n, id in enumerate(ids):
            transaction.set("kept_days", id, {"day": n // 2})

    world.store.transact(work)
    return ids


@pytest.mark.parametrize("query", [DAYS, IDS], ids=["by a field", "by id"])
@pytest.mark.parametrize(("many", "reads"), [(0, 1), (2, 2), (3, 4), (7, 7)])
def test_each_is_found_once_and_no_page_read_in_vain(world: World, query: Query, many: int, reads: int) -> None:
    ids, store = keep(world, many), CountingStore(world.store)
    assert [found.id for found in every_found(store, query)] == ids
    assert store.counted["reads"] == reads
