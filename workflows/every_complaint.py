"""All complaints of the city, newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflows.domain.complaint import Complaint, from_document
from workflows.ports import Query, Store
from workflows.runner import COMPLAINTS

PAGE = 200


def every_complaint(store: Store) -> Iterator[Complaint]:
    """Read no further than the caller goes on asking."""
    query = Query(COMPLAINTS, order_by="received_at", descending=True, limit=PAGE)
    while page := store.query(query):
        yield from (from_document(found.data) for found in page)
        query = replace(query, after=(page[-1].data["received_at"], page[-1].id))
