"""Store in Firestore (native mode), or in its emulator where FIRESTORE_EMULATOR_HOST is set."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workflows.adapters.document_transaction import NotedTransaction, Write
from workflows.adapters.firestore_calls import (
    commit,
    firestore_errors,
    patient,
    read_snapshot,
    server_transaction,
    to_firestore,
)
from workflows.adapters.index_check import load_indexes, require_index
from workflows.failures import StoreConflict
from workflows.ports import Document, Found, Query, Transaction

if TYPE_CHECKING:
    from workflows.moving.ports import Row

T = TypeVar("T")

_PAUSES = (0.05, 0.2, 0.8, 2.0)
"""Seconds before a transaction that lost its race is tried again, each give or take half."""


class FirestoreStore:
    """ports.Store in one database of a project, with the indexes declared in `indexes`.

    `prefix` goes before the name of each top collection, so that tests can share one emulator.
    """

    def __init__(self, project: str, indexes: Path, database: str = "(default)", prefix: str = "") -> None:
        self._project = project
        self._database = database
        self._indexes = load_indexes(indexes)
        self._prefix = prefix

    def close(self) -> None:
        """Close the connection to the server; a later call opens a new one."""
        if client := self.__dict__.pop("_client", None):
            client.close()

    def get(self, collection: str, id: str) -> Document | None:
        with firestore_errors():
            return self._get(collection, id)

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        with firestore_errors():
            references = [self._reference(collection, id) for id in dict.fromkeys(ids)]
            snapshots = self._client.get_all(references, **patient()) if references else ()
            found = {snapshot.id: read_snapshot(snapshot) for snapshot in snapshots}
        return [found[id] for id in ids]

    def query(self, query: Query) -> list[Found]:
        with firestore_errors():
            return self._query(query)

    def count(self, query: Query) -> int:
        require_index(query, self._indexes)
        with firestore_errors():
            matching = to_firestore(query, self._collection(query.collection))
            return int(matching.count().get(**patient())[0][0].value)

    def rows(self) -> Iterator[Row]:
        """Every document there is, page by page: not of one moment."""
        from workflows.adapters.firestore_rows import every_row

        with firestore_errors():
            yield from every_row(self._client, self._prefix)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        for pause in _PAUSES:
            try:
                return self._attempt(work)
            except StoreConflict:
                time.sleep(pause * random.uniform(0.5, 1.5))
        return self._attempt(work)

    def _attempt(self, work: Callable[[Transaction], T]) -> T:
        with firestore_errors(), server_transaction(self._client) as begun:
            transaction = NotedTransaction(_Reads(self, begun))
            result = work(transaction)
            commit(begun, [(self._path(write), write) for write in transaction.writes])
            return result

    def _get(self, collection: str, id: str, transaction: Any = None) -> Document | None:
        return read_snapshot(self._reference(collection, id).get(transaction=transaction, **patient()))

    def _query(self, query: Query, transaction: Any = None) -> list[Found]:
        require_index(query, self._indexes)
        limited = to_firestore(query, self._collection(query.collection)).limit(query.limit)
        limited = limited.select(query.fields) if query.fields else limited
        snapshots = limited.get(transaction=transaction, **patient())
        return [Found(snapshot.id, read_snapshot(snapshot) or {}) for snapshot in snapshots]

    def _collection(self, path: str) -> Any:
        return self._client.collection(self._prefix + path)

    def _path(self, write: Write) -> str:
        return f"{self._prefix}{write.collection}/{write.id}"

    def _reference(self, collection: str, id: str) -> Any:
        return self._collection(collection).document(id)

    @cached_property
    def _client(self) -> Any:
        from google.cloud import firestore

        return firestore.Client(project=self._project, database=self._database)


@dataclass(frozen=True)
class _Reads:
    store: FirestoreStore
    transaction: Any

    def get(self, collection: str, id: str) -> Document | None:
        return self.store._get(collection, id, self.transaction)

    def query(self, query: Query) -> list[Found]:
        return self.store._query(query, self.transaction)
