"""The SQLite file under the store: its table, its indexes, its connections and its errors.

Queries of the port as SQL over the table of documents.
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
"""Conditions, each with the parameters of its question marks."""


def field_sql(field: str) -> str:
    """The expression whose value sort_key foretells; indexes must spell it the same way."""
    return f"json_extract(body, '$.{field}')"


def select_sql(query: Query) -> tuple[str, list[Any]]:
    """SELECT of id and body, in the query's order."""
    where, parameters = _where(query)
    direction = " DESC" if query.descending else ""
    order = ", ".join(f"{column}{direction}" for column in _ordered_columns(query))
    sql = f"SELECT id, body FROM documents WHERE {where} ORDER BY {order} LIMIT ?"
    return sql, [*parameters, query.limit]


def count_sql(query: Query) -> tuple[str, list[Any]]:
    """SELECT of the number of all that match, whatever the limit."""
    where, parameters = _where(query)
    return f"SELECT count(*) FROM documents WHERE {where}", parameters


def _where(query: Query) -> tuple[str, list[Any]]:
    terms = [_in_collection(query.collection)]
    for field, operator, value in query.where:
        terms += _compared(field_sql(field), operator, sort_key(plain(value)))
    if query.order_by:
        # Partial indexes want the first term; only the second, which says the same, lets SQLite seek.
        column = field_sql(query.order_by)
        terms += [(f"{column} IS NOT NULL", ()), (f"{column} >= ?", (NULL,))]
    terms += _after(query)
    return " AND ".join(sql for sql, _ in terms), [value for _, values in terms for value in values]


def _in_collection(collection: str) -> tuple[str, tuple[Any, ...]]:
    # A partial index is used only when the SQL itself, not a parameter, names its collection.
    if re.fullmatch(_PLAIN_NAME, collection):
        return f"collection = '{collection}'", ()
    return "collection = ?", (collection,)


def _compared(column: str, operator: str, key: int | float | str) -> Terms:
    if operator == "==":
        return [(f"{column} = ?", (key,))]
    # A range holds values of its own type only; the types follow each other, so it needs its other end too.
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
    # The second term follows from the first, but only it lets SQLite seek in the index.
    return [(f"({column}, id) {sign} (?, ?)", (key, id)), (f"{column} {sign}= ?", (key,))]


def _ordered_columns(query: Query) -> list[str]:
    return [field_sql(query.order_by), "id"] if query.order_by else ["id"]


# With its rowid: bodies of 1–4 kB then lie in one page, which wrote faster than WITHOUT ROWID.
_TABLE = """CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, id))"""


@contextmanager
def sqlite_errors() -> Iterator[None]:
    """StoreConflict when another writer held the file too long, StoreUnavailable for every other failure."""
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
        """Close what is idle now, and what is lent as soon as it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        # Every commit must survive a power cut, not only a crash of this process.
        connection.execute("PRAGMA synchronous = FULL")
        # What is deleted is overwritten at once, but for rests that only scrub is sure of.
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
    """Leave nothing in the file, or in its log, but what is stored; StoreConflict when somebody reads it too long.

    Overwriting alone forgets the copies that SQLite leaves behind when it moves a document to another page.
    """
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreConflict("the log of the store is being read; try again")


def prepare(connection: sqlite3.Connection, indexes: Indexes) -> None:
    """Make the table, and exactly the declared indexes: those no longer declared go."""
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
    """Have SQLite prefer a declared index to scanning its whole collection.

    These are no counts of what is there, but the shape of what will be: many documents, few a value.
    """
    advice = [(name, _shape(name.count("__"))) for name in names]
    advice.append(("sqlite_autoindex_documents_1", "10000000 1000000 1"))
    connection.execute("ANALYZE sqlite_master")
    connection.execute("DELETE FROM sqlite_stat1")
    connection.executemany("INSERT INTO sqlite_stat1 VALUES ('documents', ?, ?)", advice)
    connection.execute("ANALYZE sqlite_master")


def _shape(fields: int) -> str:
    """How many documents an index holds, and how many share its first field, its first two … and its id.

    Each further field tells more: of two indexes that fit a query, the longer one is used.
    """
    return " ".join(["10000", *(str(max(10 >> n, 1)) for n in range(fields)), "1"])


def index_sql(indexes: Indexes) -> Iterator[tuple[str, str]]:
    """Name and statement of each declared index, be it of several fields or an override for one."""
    for group, declared in indexes.declared.items():
        for index in declared:
            yield _index_sql(group, [field for field, _ in index], "")
    for (group, field), directions in indexes.overrides.items():
        if directions:
            # Finished documents have no alarm: an index without them stays as small as the work at hand.
            yield _index_sql(group, [field], f" AND {field_sql(field)} IS NOT NULL")


def _index_sql(group: str, fields: list[str], only: str) -> tuple[str, str]:
    name = "__".join([group, *fields])
    columns = ", ".join([*map(field_sql, fields), "id"])
    return name, f"CREATE INDEX \"{name}\" ON documents ({columns}) WHERE collection = '{group}'{only}"
