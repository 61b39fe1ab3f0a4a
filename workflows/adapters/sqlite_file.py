"""The SQLite file below the store: its table, indexes, connections and errors, and the port's queries as SQL over
the table of documents.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflows.adapters.document_json import NULL, plain, sort_key
from workflows.adapters.index_check import Indexes
from workflows.failures import StoreConflict, StoreUnavailable

if TYPE_CHECKING:
    from workflows.ports import Query


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
