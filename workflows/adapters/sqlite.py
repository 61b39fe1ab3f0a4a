"""Store in one SQLite file, for a whole city on one machine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from workflows.adapters.document_json import decode_document, encode_document
from workflows.adapters.index_check import Indexes, load_indexes, require_index
from workflows.adapters.sqlite_file import (
    Connections,
    count_sql,
    immediate,
    prepare,
    scrub,
    select_sql,
    sqlite_errors,
)
from workflows.failures import DocumentExists, DocumentMissing, StoreConflict

if TYPE_CHECKING:  # a new process shows a page before it queries or writes
    from workflows.adapters.document_transaction import Write
    from workflows.migration.ports import Row
    from workflows.ports import Document, Found, Query, Transaction

T = TypeVar("T")

_ONE = "SELECT body FROM documents WHERE collection = ? AND id = ?"
_MANY = "SELECT id, body FROM documents WHERE collection = ? AND id IN (SELECT value FROM json_each(?))"


class SqliteStore:
    """ports.Store in the file `path`, created when missing, with the indexes declared in `indexes`. Any number of
    threads and processes may use it; reads never wait. Writers take turns, so a transaction never repeats its
    work: StoreConflict after waiting `busy_seconds`.
    """

    def __init__(self, path: Path, indexes: Path, busy_seconds: float = 30.0) -> None:
        self._indexes = load_indexes(indexes)
        self._pool = Connections(path, busy_seconds)
        self._turn = Lock()
        self._busy_seconds = busy_seconds
        with sqlite_errors(), self._pool.borrow() as connection:
            prepare(connection, self._indexes)

    def close(self) -> None:
        """Close the file; later calls raise StoreUnavailable."""
        self._pool.close()

    def get(self, collection: str, id: str) -> Document | None:
        with self._reading() as reads:
            return reads.get(collection, id)

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        with self._reading() as reads:
            return reads.get_many(collection, ids)

    def query(self, query: Query) -> list[Found]:
        with self._reading() as reads:
            return reads.query(query)

    def count(self, query: Query) -> int:
        with self._reading() as reads:
            return reads.count(query)

    def rows(self) -> Iterator[Row]:
        """Every document, as of the moment of the first read."""
        from workflows.adapters.sqlite_copy import every_row

        with sqlite_errors(), self._pool.borrow() as connection:
            yield from every_row(connection)

    def scrub(self) -> None:
        """Rewrite the file without remains of deleted data; writers wait, for seconds in a large city."""
        with sqlite_errors(), self._my_turn(), self._pool.borrow() as connection:
            scrub(connection)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        from workflows.adapters.document_transaction import NotedTransaction

        with self._writing() as connection:
            transaction = NotedTransaction(_Reads(connection, self._indexes))
            result = work(transaction)
            for write in transaction.writes:
                _LAND[write.kind](connection, write)
            return result

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with sqlite_errors(), self._my_turn(), self._pool.borrow() as connection, immediate(connection):
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[_Reads]:
        with sqlite_errors(), self._pool.borrow() as connection:
            yield _Reads(connection, self._indexes)

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        # SQLite's own waiting polls: queueing here is faster, and no thread starves
        if not self._turn.acquire(timeout=self._busy_seconds):
            raise StoreConflict("other writers took too long")
        try:
            yield
        finally:
            self._turn.release()


class _Reads(NamedTuple):
    connection: sqlite3.Connection
    indexes: Indexes

    def get(self, collection: str, id: str) -> Document | None:
        row = self.connection.execute(_ONE, (collection, id)).fetchone()
        return decode_document(row[0]) if row else None

    def get_many(self, collection: str, ids: Sequence[str]) -> list[Document | None]:
        rows = self.connection.execute(_MANY, (collection, json.dumps(list(ids))))
        found = {id: decode_document(body) for id, body in rows}
        return [found.get(id) for id in ids]

    def query(self, query: Query) -> list[Found]:
        from workflows.ports import Found

        require_index(query, self.indexes)
        rows = self.connection.execute(*select_sql(query))
        return [Found(id, decode_document(body, query.fields)) for id, body in rows]

    def count(self, query: Query) -> int:
        require_index(query, self.indexes)
        row: tuple[int] = self.connection.execute(*count_sql(query)).fetchone()
        return row[0]


def _create(connection: sqlite3.Connection, write: Write) -> None:
    sql = "INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    row = (write.collection, write.id, encode_document(write.data))
    if connection.execute(sql, row).rowcount == 0:
        raise DocumentExists(f"{write.collection}/{write.id}")


def _set(connection: sqlite3.Connection, write: Write) -> None:
    sql = "INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body"
    connection.execute(sql, (write.collection, write.id, encode_document(write.data)))


def _update(connection: sqlite3.Connection, write: Write) -> None:
    from workflows.ports import DELETE

    row = connection.execute(_ONE, (write.collection, write.id)).fetchone()
    if row is None:
        raise DocumentMissing(f"{write.collection}/{write.id}")
    merged = decode_document(row[0]) | write.data
    kept = {key: value for key, value in merged.items() if value is not DELETE}
    sql = "UPDATE documents SET body = ? WHERE collection = ? AND id = ?"
    connection.execute(sql, (encode_document(kept), write.collection, write.id))


def _delete(connection: sqlite3.Connection, write: Write) -> None:
    connection.execute("DELETE FROM documents WHERE collection = ? AND id = ?", (write.collection, write.id))


_LAND: dict[str, Callable[[sqlite3.Connection, Write], None]] = {
    "create": _create,
    "set": _set,
    "update": _update,
    "delete": _delete,
}
