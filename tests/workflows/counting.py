"""A store that counts what Firestore would charge for: each document read or written, each query at least once."""

from __future__ import annotations
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from workflows.ports import Document, Found, Query, Store, Transaction

T = TypeVar("T")


class CountingStore:
    """Hands everything on to a real store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.counted: Counter[str] = Counter()

    def get(self, collection: str, id: str) -> Document | None:
        self.counted["reads"] += 1
        return self._store.get(collection, id)

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        self.counted["reads"] += len(ids)
        return self._store.get_many(collection, ids)

    def query(self, query: Query) -> list[Found]:
        return self._told(self._store.query(query))

    def count(self, query: Query) -> int:
        self.counted["reads"] += 1
        return self._store.count(query)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        return self._store.transact(lambda transaction: work(_Counting(transaction, self.counted)))

    def _told(self, found: list[Found]) -> list[Found]:
        self.counted["reads"] += max(1, len(found))
        return found


class _Counting:
    def __init__(self, transaction: Transaction, counted: Counter[str]) -> None:
        self._transaction = transaction
        self._counted = counted

    def get(self, collection: str, id: str) -> Document | None:
        self._counted["reads"] += 1
        return self._transaction.get(collection, id)

    def query(self, query: Query) -> list[Found]:
        found = self._transaction.query(query)
        self._counted["reads"] += max(1, len(found))
        return found

    def create(self, collection: str, id: str, data: Document) -> None:
        self._counted["writes"] += 1
        self._transaction.create(collection, id, data)

    def set(self, collection: str, id: str, data: Document) -> None:
        self._counted["writes"] += 1
        self._transaction.set(collection, id, data)

    def update(self, collection: str, id: str, changes: Document) -> None:
        self._counted["writes"] += 1
        self._transaction.update(collection, id, changes)

    def delete(self, collection: str, id: str) -> None:
        self._counted["writes"] += 1
        self._transaction.delete(collection, id)
