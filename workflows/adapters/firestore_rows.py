"""Every document of a Firestore database, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.adapters.firestore_calls import patient, read_snapshot
from workflows.moving.ports import SUBCOLLECTIONS, Row

PAGE = 500


def every_row(client: Any, prefix: str = "") -> Iterator[Row]:
    """By collection and id; what lies below a collection comes after it. prefix: of the top collections."""
    names = sorted(collection.id for collection in client.collections(**patient()))
    for name in (name for name in names if name.startswith(prefix)):
        yield from _pages(client.collection(name), prefix)
        for group in SUBCOLLECTIONS.get(name.removeprefix(prefix), ()):
            # Ordered by name alone, a query of a whole group needs no index.
            below = _pages(client.collection_group(group), prefix)
            yield from (row for row in below if row.collection.startswith(f"{name.removeprefix(prefix)}/"))


def _pages(query: Any, prefix: str) -> Iterator[Row]:
    ordered = query.order_by("__name__").limit(PAGE)
    page = ordered.get(**patient())
    while page:
        yield from (row for snapshot in page if (row := _row(snapshot, prefix)))
        page = ordered.start_after(page[-1]).get(**patient())


def _row(snapshot: Any, prefix: str) -> Row | None:
    collection, _, id = snapshot.reference.path.rpartition("/")
    if not collection.startswith(prefix):
        return None
    return Row(collection.removeprefix(prefix), id, read_snapshot(snapshot) or {})
