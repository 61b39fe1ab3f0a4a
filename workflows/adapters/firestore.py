"""Store in Firestore (native mode), or in its emulator where FIRESTORE_EMULATOR_HOST is set. Also reads every
document of a database page by page.
"""

from __future__ import annotations
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workflows.adapters.document_store import NotedTransaction, Write, load_indexes, require_index
from workflows.adapters.firestore_calls import (
    commit,
    documents_root,
    fields_of,
    firestore_errors,
    patient,
    read_snapshot,
    server_transaction,
    to_firestore,
)
from workflows.failures import StoreConflict
from workflows.frozen import frozen
from workflows.migration.ports import SUBCOLLECTIONS, Row
from workflows.ports import Document, Found, Query, Transaction

if TYPE_CHECKING:
    from workflows.migration.ports import Row


T = TypeVar("T")

_PAUSES = (0.05, 0.2, 0.8, 2.0)
"""Seconds before a transaction that lost its race is retried, each varied by up to half."""


class FirestoreStore:
    """ports.Store in one database of a project, with the indexes declared in `indexes`. `prefix` is put before the
    name of each top collection, so that tests can share one emulator.
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
        """Every document, page by page; not a snapshot of one moment."""
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


@frozen
class _Reads:
    store: FirestoreStore
    transaction: Any

    def get(self, collection: str, id: str) -> Document | None:
        return self.store._get(collection, id, self.transaction)

    def query(self, query: Query) -> list[Found]:
        return self.store._query(query, self.transaction)


PAGE = 5000
"""Documents per stream. The emulator sorts a whole collection for each stream: small pages cost the square of its
size.
"""
PAGE_SECONDS = 60.0
"""The longest time of one page in seconds, including the work on its documents."""


def every_row(client: Any, prefix: str = "") -> Iterator[Row]:
    """Every document by collection and id; subcollections come after their collection. `prefix`: of the top
    collections.
    """
    names = sorted(collection.id for collection in client.collections(**patient()))
    for name in (name for name in names if name.startswith(prefix)):
        top = name.removeprefix(prefix)
        yield from _rows(client, name, prefix)
        for group in SUBCOLLECTIONS.get(top, ()):
            # ordered by name alone, a query of a collection group needs no index
            below = _rows(client, group, prefix, all_descendants=True)
            yield from (row for row in below if row.collection.startswith(f"{top}/"))


def _rows(client: Any, collection: str, prefix: str, **selector: bool) -> Iterator[Row]:
    start = f"{documents_root(client)}/{prefix}"
    for document in _pages(client, {"collection_id": collection, **selector}):
        if document.name.startswith(start):
            path, _, id = document.name.removeprefix(start).rpartition("/")
            yield Row(path, id, fields_of(document.fields))


def _pages(client: Any, selector: dict[str, Any]) -> Iterator[Any]:
    """Raw documents by name; a stream that breaks is continued after the last document received."""
    from google.api_core.exceptions import GoogleAPIError

    last, full = "", True
    while full:
        count = 0
        try:
            for document in _page(client, selector, last):
                last, count = document.name, count + 1
                yield document
            full = count == PAGE
        except GoogleAPIError:
            if not count:
                raise


def _page(client: Any, selector: dict[str, Any], after: str) -> Iterator[Any]:
    request = {"parent": documents_root(client), "structured_query": _query(selector, after)}
    options = patient() | {"timeout": PAGE_SECONDS, "metadata": client._rpc_metadata}
    for answer in client._firestore_api.run_query(request=request, **options):
        # the last answer may hold no document, only the read time
        if (raw := type(answer).pb(answer)).HasField("document"):
            yield raw.document


def _query(selector: dict[str, Any], after: str) -> dict[str, Any]:
    by_name = {"field": {"field_path": "__name__"}, "direction": "ASCENDING"}
    start = {"start_at": {"values": [{"reference_value": after}], "before": False}} if after else {}
    return {"from_": [selector], "order_by": [by_name], "limit": PAGE, **start}
