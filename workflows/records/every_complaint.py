"""All complaints of the city, newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint import Complaint, from_document
from workflows.ports import Query, Store, Where

PAGE = 200


def every_complaint(store: Store) -> Iterator[Complaint]:
    """Read no further than the caller goes on asking."""
    return chain.from_iterable(every_page(store))


def every_page(
    store: Store, received: Where = (), fields: tuple[str, ...] = (), size: int = PAGE
) -> Iterator[list[Complaint]]:
    """The same a page of that size at a time; received: bounds of `received_at`.

    fields: the only ones that are read, `ticket` and `received_at` among them; the text is then empty.
    """
    query = Query(COMPLAINTS, received, "received_at", descending=True, limit=size, fields=fields)
    while page := store.query(query):
        yield [from_document({"text": ""} | found.data) for found in page]
        query = replace(query, after=(page[-1].data["received_at"], page[-1].id))
