"""Every document of an SQLite store, of one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from workflows.adapters.document_json import decode_document
from workflows.moving.ports import Row

_ALL = "SELECT collection, id, body FROM documents ORDER BY collection, id"


def every_row(connection: sqlite3.Connection) -> Iterator[Row]:
    """By collection and id; nobody who writes meanwhile waits, or is seen."""
    connection.execute("BEGIN")
    try:
        for collection, id, body in connection.execute(_ALL):
            yield Row(collection, id, decode_document(body))
    finally:
        connection.execute("COMMIT")
