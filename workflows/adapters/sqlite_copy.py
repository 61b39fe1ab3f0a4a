"""A copy of the SQLite file while the city writes into it, and whether such a copy can be used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from workflows.adapters.sqlite_file import sqlite_errors

OWNER_ONLY = 0o600
BUSY_SECONDS = 30.0


def copy_sqlite(source: Path, target: Path) -> None:
    """Everything that was committed at one moment, in one new file, mode 600; StoreUnavailable where it fails.

    Writers go on meanwhile; only the shortening of their log waits.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    with sqlite_errors(), _opened(source) as live, _opened(target) as copy:
        # In one step: of several, each write of another process would begin the copy anew.
        live.backup(copy)
        # A copy of a log mode's file would want a log beside it as soon as somebody reads it.
        copy.execute("PRAGMA journal_mode = DELETE")


def count_in_copy(path: Path, collection: str) -> int:
    """How many documents of a collection a copy holds; ValueError where the copy is damaged or none."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise ValueError(f"{path} is damaged")
            sql = "SELECT count(*) FROM documents WHERE collection = ?"
            return int(copy.execute(sql, (collection,)).fetchone()[0])
    except sqlite3.Error as error:
        raise ValueError(f"{path} is damaged, or no store of Laksa's") from error


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
