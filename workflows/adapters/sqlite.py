"""Store in one SQLite file, for a whole city on one machine: its connections, and the statements that read and
write documents.
"""

from __future__ import annotations
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from workflows.adapters.document_store import (
    NULL,
    Indexes,
    decode_document,
    encode_document,
    load_indexes,
    plain,
    require_index,
    sort_key,
)
from workflows.failures import DocumentExists, DocumentMissing, StoreConflict, StoreUnavailable

if TYPE_CHECKING:
    from workflows.adapters.document_store import Write
    from workflows.migration.ports import Row
    from workflows.ports import Document, Found, Query, Transaction


_PLAIN_NAME = r"[a-z_]+"

Terms = list[tuple[str, tuple[Any, ...]]]
"""(condition, its parameters) pairs."""


def field_sql(field: str) -> str:
    """The SQL expression whose value sort_key predicts; indexes must be written with the same expression."""
    return f"json_extract(body, '$.{field}')"


def select_sql(query: Query) -> tuple[str, list[Any]]:
    """SELECT of id and body, in the query's order; (SQL, parameters)."""
    where, parameters = _where(query)
    direction = " DESC" if query.descending else ""
    order = ", ".join(f"{column}{direction}" for column in _ordered_columns(query))
    sql = f"SELECT id, body FROM documents WHERE {where} ORDER BY {order} LIMIT ?"
    return sql, [*parameters, query.limit]


def count_sql(query: Query) -> tuple[str, list[Any]]:
    """SELECT of the number of matching documents without the limit; (SQL, parameters)."""
    where, parameters = _where(query)
    return f"SELECT count(*) FROM documents WHERE {where}", parameters


def _where(query: Query) -> tuple[str, list[Any]]:
    terms = [_in_collection(query.collection)]
    for field, operator, value in query.where:
        terms += _compared(field_sql(field), operator, sort_key(plain(value)))
    if query.order_by:
        # partial indexes need the first term; only the second, which means the same, lets SQLite seek
        column = field_sql(query.order_by)
        terms += [(f"{column} IS NOT NULL", ()), (f"{column} >= ?", (NULL,))]
    terms += _after(query)
    return " AND ".join(sql for sql, _ in terms), [value for _, values in terms for value in values]


def _in_collection(collection: str) -> tuple[str, tuple[Any, ...]]:
    # a partial index is used only when the SQL itself, not a parameter, names its collection
    if re.fullmatch(_PLAIN_NAME, collection):
        return f"collection = '{collection}'", ()
    return "collection = ?", (collection,)


def _compared(column: str, operator: str, key: int | float | str) -> Terms:
    if operator == "==":
        return [(f"{column} = ?", (key,))]
    # a range holds values of its own type only; types are adjacent, so an open range needs its other end too
    lowest, beyond = (key[0], chr(ord(key[0]) + 1)) if isinstance(key, str) else (-sys.float_info.max, "")
    other_end = (f"{column} >= ?", (lowest,)) if operator in ("<", "<=") else (f"{column} < ?", (beyond,))
    return [(f"{column} {operator} ?", (key,)), other_end]


def _after(query: Query) -> Terms:
    if query.after is None:
        return []
    value, id = query.after
    sign = "<" if query.descending else ">"
    if not query.order_by:
        return [(f"id {sign} ?", (id,))]
    column, key = field_sql(query.order_by), sort_key(plain(value))
    # the second term follows from the first, but only it lets SQLite seek in the index
    return [(f"({column}, id) {sign} (?, ?)", (key, id)), (f"{column} {sign}= ?", (key,))]


def _ordered_columns(query: Query) -> list[str]:
    return [field_sql(query.order_by), "id"] if query.order_by else ["id"]


# With rowid: bodies of 1–4 kB then fit in one page, which was faster to write than WITHOUT ROWID.
_TABLE = """CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, id))"""


@contextmanager
def sqlite_errors() -> Iterator[None]:
    """StoreConflict when another writer held the file for too long, StoreUnavailable for every other failure."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        raise (StoreConflict if busy else StoreUnavailable)(str(error)) from error


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: durable when the block ends, undone when it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_ALL_ROWS = "SELECT collection, id, body FROM documents ORDER BY collection, id"


class Connections:
    """Open connections, each lent to one thread at a time."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def borrow(self) -> Iterator[sqlite3.Connection]:
        """A connection for the length of a block; StoreUnavailable after close."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._open()
        try:
            yield connection
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close idle connections now, and lent ones when they come back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        # every commit must survive a power cut, not only a crash of this process
        connection.execute("PRAGMA synchronous = FULL")
        # deleted data is overwritten at once; only scrub removes every remainder
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.close()
        else:
            self._idle.append(connection)
        if self._closed:
            self.close()


def scrub(connection: sqlite3.Connection) -> None:
    """Leave nothing but stored data in the file and its log; StoreConflict when a reader blocks for too long.
    Overwriting alone misses the copies that SQLite leaves when it moves a document to another page.
    """
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreConflict("the log of the store is being read; try again")


def prepare(connection: sqlite3.Connection, indexes: Indexes) -> None:
    """Create the table and exactly the declared indexes; undeclared ones are dropped."""
    connection.execute("PRAGMA journal_mode = WAL")
    wanted = dict(index_sql(indexes))
    if _present(connection) == wanted:
        return
    with immediate(connection):
        connection.execute(_TABLE)
        for name in _present(connection):
            connection.execute(f'DROP INDEX "{name}"')
        for statement in wanted.values():
            connection.execute(statement)
        _advise_planner(connection, wanted)


def _present(connection: sqlite3.Connection) -> dict[str, str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    return dict(connection.execute(sql))


def _advise_planner(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Make SQLite prefer a declared index to a scan of its collection. The numbers are not counts but the expected
    shape: many documents, few per value.
    """
    advice = [(name, _shape(name.count("__"))) for name in names]
    advice.append(("sqlite_autoindex_documents_1", "10000000 1000000 1"))
    connection.execute("ANALYZE sqlite_master")
    connection.execute("DELETE FROM sqlite_stat1")
    connection.executemany("INSERT INTO sqlite_stat1 VALUES ('documents', ?, ?)", advice)
    connection.execute("ANALYZE sqlite_master")


def _shape(fields: int) -> str:
    """The statistics of an index: number of documents, and how many share its first field, its first two … and its
    id. Each further field selects more, so of two indexes that match a query, the longer one is used.
    """
    return " ".join(["10000", *(str(max(10 >> n, 1)) for n in range(fields)), "1"])


def index_sql(indexes: Indexes) -> Iterator[tuple[str, str]]:
    """(name, statement) of each declared index, for several fields or for an override of one."""
    for group, declared in indexes.declared.items():
        for index in declared:
            yield _index_sql(group, [field for field, _ in index], "")
    for (group, field), directions in indexes.overrides.items():
        if directions:
            # finished documents have no alarm: an index without them stays small
            yield _index_sql(group, [field], f" AND {field_sql(field)} IS NOT NULL")


def _index_sql(group: str, fields: list[str], only: str) -> tuple[str, str]:
    name = "__".join([group, *fields])
    columns = ", ".join([*map(field_sql, fields), "id"])
    return name, f"CREATE INDEX \"{name}\" ON documents ({columns}) WHERE collection = '{group}'{only}"


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
        from workflows.migration.ports import Row

        with sqlite_errors(), self._pool.borrow() as connection:
            connection.execute("BEGIN")
            try:
                for collection, id, body in connection.execute(_ALL_ROWS):
                    yield Row(collection, id, decode_document(body))
            finally:
                connection.execute("COMMIT")

    def scrub(self) -> None:
        """Rewrite the file without remains of deleted data; writers wait, for seconds in a large city."""
        with sqlite_errors(), self._my_turn(), self._pool.borrow() as connection:
            scrub(connection)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        from workflows.adapters.document_store import NotedTransaction

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
