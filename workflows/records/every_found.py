"""All that a query finds, however many it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflows.ports import Found, Query, Reads


def every_found(store: Reads, query: Query) -> Iterator[Found]:
    """In the query's order, `limit` at a time, no further than the caller goes on asking.

    A page that is not full is the last: no read is spent on an empty one behind it.
    """
    while True:
        page = store.query(query)
        yield from page
        if len(page) < query.limit:
            return
        last = page[-1]
        query = replace(query, after=(last.data[query.order_by] if query.order_by else None, last.id))
