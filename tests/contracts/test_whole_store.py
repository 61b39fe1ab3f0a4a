"""Reading a store whole: every document of every collection, in one order on every stack."""

from __future__ import annotations
from datetime import UTC, datetime

from workflows.migration.ports import Row, WholeStore
from workflows.ports import Transaction

MOMENT = datetime(2026, 7, 6, 2, 0, 0, 123456, UTC)
EVERYTHING = {"z": 1, "a": None, "b": True, "f": 1.5, "t": "ä\n", "m": MOMENT, "x": b"\x00\xff", "l": [{"k": [1]}]}


def put(store: WholeStore, rows: list[Row]) -> None:
    def work(transaction: Transaction) -> None:
        for row in rows:
            transaction.set(row.collection, row.id, row.data)

    store.transact(work)


def test_it_finds_every_document_in_order_of_collection_and_id(store: WholeStore) -> None:
    timeline = "complaints/LKS-0000-0000-0/timeline"
    rows = [
        Row("accesses", "a.b-c_d", EVERYTHING),
        Row("complaints", "LKS-0000-0000-0", {"text": "satu"}),
        Row("complaints", "LKS-0000-0001-X", {"text": "dua"}),
        Row(timeline, "000001", {"at": MOMENT}),
        Row(timeline, "000002", {}),
        Row("complaints/LKS-0000-0002-Y/timeline", "000001", {"of": "a case that is not there"}),
        Row("system", "sweep", {"at": MOMENT}),
    ]
    put(store, rows[::-1])
    assert list(store.rows()) == rows


def test_it_reads_on_behind_a_page(store: WholeStore) -> None:
    rows = [Row("complaints/LKS-0000-0000-0/timeline", f"{n:06d}", {"n": n}) for n in range(1101)]
    for first in range(0, len(rows), 400):
        put(store, rows[first : first + 400])
    assert list(store.rows()) == rows


def test_an_empty_store_has_none(store: WholeStore) -> None:
    assert list(store.rows()) == []
