"""The city's store, which tells the meter what Firestore would charge for and how often one waits for it."""

from __future__ import annotations
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tests.bench.cost.meter import Meter
from workflows.migration.ports import Row, WholeStore
from workflows.ports import Document, Found, Query, Transaction

T = TypeVar("T")
TRIPS_OF_A_TRANSACTION = 2
"""Begin and commit; each read inside is one more."""


class MeteredStore:
    """Hands everything on. Units: reads (a query at least one), writes, deletes, trips to the store."""

    def __init__(self, store: WholeStore, meter: Meter) -> None:
        self._store, self._meter = store, meter

    def get(self, collection: str, id: str) -> Document | None:
        """One read."""
        self._trip(1)
        return self._store.get(collection, id)

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        """A read for each id, in one trip."""
        self._trip(len(ids))
        return self._store.get_many(collection, ids)

    def query(self, query: Query) -> list[Found]:
        """A read for each document found, one where there is none."""
        found = self._store.query(query)
        self._trip(max(1, len(found)))
        return found

    def count(self, query: Query) -> int:
        """A read for each thousand index entries that match."""
        many = self._store.count(query)
        self._trip(max(1, -(-many // 1000)))
        return many

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """What it reads and writes; tried again, it is charged again."""
        self._meter.count("trips", TRIPS_OF_A_TRANSACTION)
        return self._store.transact(lambda transaction: work(_Metered(transaction, self._meter)))

    def rows(self) -> Iterator[Row]:
        """Every document; nobody's work, so not counted."""
        return self._store.rows()

    def close(self) -> None:
        """Let the file go."""
        self._store.close()  # type: ignore[attr-defined]

    def _trip(self, reads: int) -> None:
        self._meter.count("trips")
        self._meter.count("reads", reads)


class _Metered:
    def __init__(self, transaction: Transaction, meter: Meter) -> None:
        self._transaction, self._meter = transaction, meter

    def get(self, collection: str, id: str) -> Document | None:
        self._read(1)
        return self._transaction.get(collection, id)

    def query(self, query: Query) -> list[Found]:
        found = self._transaction.query(query)
        self._read(max(1, len(found)))
        return found

    def create(self, collection: str, id: str, data: Document) -> None:
        self._meter.count("writes")
        self._transaction.create(collection, id, data)

    def set(self, collection: str, id: str, data: Document) -> None:
        self._meter.count("writes")
        self._transaction.set(collection, id, data)

    def update(self, collection: str, id: str, changes: Document) -> None:
        self._meter.count("writes")
        self._transaction.update(collection, id, changes)

    def delete(self, collection: str, id: str) -> None:
        self._meter.count("deletes")
        self._transaction.delete(collection, id)

    def _read(self, reads: int) -> None:
        self._meter.count("trips")
        self._meter.count("reads", reads)
