"""Copies the SQLite file at one moment while the city writes into it, checks whether such a copy is usable, and
reads documents from it.
"""

from __future__ import annotations
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflows.adapters.document_store import decode_document, sort_key
from workflows.adapters.local_files import OWNER_ONLY
from workflows.adapters.sqlite import field_sql, sqlite_errors

if TYPE_CHECKING:
    from workflows.ports import Document


BUSY_SECONDS = 30.0


@contextmanager
def sqlite_moment(source: Path) -> Iterator[Callable[[Path], None]]:
    """Hold the committed state for a block and yield a function that copies it once, into a new file with mode
    600. Writers continue; only the checkpoint of their log waits. StoreUnavailable when the disk fails,
    StoreConflict when a writer blocks for too long.
    """
    with sqlite_errors(), _opened(source) as live:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master")  # SQLite fixes the snapshot at the first read

        def copy_to(target: Path) -> None:
            _copy(live, target)
            live.execute("COMMIT")

        yield copy_to


def settle_copy(path: Path) -> None:
    """Merge the log beside a copy into its file. StoreUnavailable when the disk fails."""
    with sqlite_errors(), _opened(path) as copy:
        _without_log(copy)


def count_in_copy(path: Path, collection: str) -> int:
    """Number of documents of a collection in a copy; ValueError for a damaged or invalid copy."""
    with _reading(path) as copy:
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise ValueError(f"{path} is damaged")
        sql = "SELECT count(*) FROM documents WHERE collection = ?"
        return int(copy.execute(sql, (collection,)).fetchone()[0])


def document_in_copy(path: Path, collection: str, id: str) -> Document | None:
    """One document of a copy; ValueError as for count_in_copy."""
    with _reading(path) as copy:
        sql = "SELECT body FROM documents WHERE collection = ? AND id = ?"
        row = copy.execute(sql, (collection, id)).fetchone()
    return decode_document(row[0]) if row else None


def lists_in_copy(path: Path, collection: str, field: str) -> Iterator[tuple[str, list[Any]]]:
    """(id, list) of each document whose field is not empty; ValueError as for count_in_copy."""
    with _reading(path) as copy:
        sql = f"SELECT id, body FROM documents WHERE collection = ? AND {field_sql(field)} != ?"
        for id, body in copy.execute(sql, (collection, sort_key([]))):
            yield id, decode_document(body, (field,))[field] or []


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            yield copy
    except sqlite3.Error as error:
        raise ValueError(f"{path} is damaged, or no store of Laksa's") from error


def _copy(live: sqlite3.Connection, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    with _opened(target) as copy:
        live.backup(copy)
        _without_log(copy)


def _without_log(copy: sqlite3.Connection) -> None:
    """Leave the log mode: a copy in it would get a log file beside it at the first read."""
    copy.execute("PRAGMA journal_mode = DELETE")


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
