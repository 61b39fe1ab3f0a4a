"""Every document of a Firestore database, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.adapters.firestore_calls import documents_root, patient
from workflows.adapters.firestore_values import fields_of
from workflows.moving.ports import SUBCOLLECTIONS, Row

PAGE = 5000
"""Documents of one stream. The emulator sorts a whole collection anew for each: small ones cost its square."""
PAGE_SECONDS = 60.0
"""The longest that one may take, with all that is done to its documents meanwhile."""


def every_row(client: Any, prefix: str = "") -> Iterator[Row]:
    """By collection and id; what lies below a collection comes after it. prefix: of the top collections."""
    names = sorted(collection.id for collection in client.collections(**patient()))
    for name in (name for name in names if name.startswith(prefix)):
        top = name.removeprefix(prefix)
        yield from _rows(client, name, prefix)
        for group in SUBCOLLECTIONS.get(top, ()):
            # Ordered by name alone, a query of a whole group needs no index.
            below = _rows(client, group, prefix, all_descendants=True)
            yield from (row for row in below if row.collection.startswith(f"{top}/"))


def _rows(client: Any, collection: str, prefix: str, **selector: bool) -> Iterator[Row]:
    start = f"{documents_root(client)}/{prefix}"
    for document in _pages(client, {"collection_id": collection, **selector}):
        if document.name.startswith(start):
            path, _, id = document.name.removeprefix(start).rpartition("/")
            yield Row(path, id, fields_of(document.fields))


def _pages(client: Any, selector: dict[str, Any]) -> Iterator[Any]:
    """Raw documents by name; a stream that breaks off goes on behind the last that came."""
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
        # The last may bring no document, only the moment of the reading.
        if (raw := type(answer).pb(answer)).HasField("document"):
            yield raw.document


def _query(selector: dict[str, Any], after: str) -> dict[str, Any]:
    by_name = {"field": {"field_path": "__name__"}, "direction": "ASCENDING"}
    start = {"start_at": {"values": [{"reference_value": after}], "before": False}} if after else {}
    return {"from_": [selector], "order_by": [by_name], "limit": PAGE, **start}
