"""Queries over the whole city: all complaints newest first, page by page; all results of a query; everything
stored about one complaint, without its reporter; and the messages that the bus gave up on, one record each. The
alarms repeat the work of those regardless.
"""

from __future__ import annotations
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

from workflows.collection_names import COMPLAINTS, DEAD_LETTERS, NOTICES
from workflows.domain.complaint.model import Complaint, from_document
from workflows.frozen import frozen
from workflows.ports import Document, Found, Query, Reads, Store, Where
from workflows.records.accesses import BOARD, accesses_of
from workflows.unit_of_work import Services, timeline_of

PAGE = 200


def every_complaint(store: Store) -> Iterator[Complaint]:
    """All complaints, newest first; lazily, as far as the caller iterates."""
    return chain.from_iterable(every_page(store))


def every_page(
    store: Store, received: Where = (), fields: tuple[str, ...] = (), size: int = PAGE
) -> Iterator[list[Complaint]]:
    """All complaints in pages of that size. `received`: bounds of `received_at`. `fields`: the only ones that are
    read, with `ticket` and `received_at` among them; the text is then empty.
    """
    query = Query(COMPLAINTS, received, "received_at", descending=True, limit=size, fields=fields)
    while page := store.query(query):
        yield [from_document({"text": ""} | found.data) for found in page]
        query = replace(query, after=(page[-1].data["received_at"], page[-1].id))


def every_found(store: Reads, query: Query) -> Iterator[Found]:
    """All results in the query's order, `limit` at a time, lazily. A page that is not full is the last: no read is
    spent on an empty one after it.
    """
    while True:
        page = store.query(query)
        yield from page
        if len(page) < query.limit:
            return
        last = page[-1]
        query = replace(query, after=(last.data[query.order_by] if query.order_by else None, last.id))


def whole_case(store: Store, ticket: str) -> Document | None:
    """Complaint, timeline, access records and notices of a ticket, or None."""
    complaint = store.get(COMPLAINTS, ticket)
    if complaint is None:
        return None
    timeline = store.query(Query(timeline_of(ticket), order_by="sequence", limit=1000))
    letters = store.query(Query(NOTICES, (("ticket", "==", ticket),), order_by="created_at", limit=1000))
    return {
        "complaint": _unnamed(complaint),
        "timeline": [_unnamed(found.data) for found in timeline],
        "accesses": [line.to_document() for line in accesses_of(store, ticket)],
        "notices": [{"id": found.id, **found.data} for found in letters],
    }


def board_accesses(store: Store) -> Document:
    """The access records of the desk's board."""
    return {"accesses": [line.to_document() for line in accesses_of(store, BOARD)]}


def _unnamed(document: Document) -> Document:
    """The document without the reporter's own name in its texts, where it is known."""
    from workflows.domain.privacy.redaction import redact_name  # its patterns cost a start more than these queries

    return {name: redact_name(value) if isinstance(value, str) else value for name, value in document.items()}


def count_notices_in_line(store: Store) -> int:
    """Number of notices held back until somebody reads mail at their address."""
    return store.count(Query(NOTICES, (("line", ">", ""),), order_by="line"))


@frozen
class DeadLetters:
    """Their number, and when the oldest was recorded."""

    count: int
    since: datetime


def dead_letters(store: Store) -> DeadLetters | None:
    """The dead letters nobody has handled yet; None when there are none."""
    oldest = Query(DEAD_LETTERS, order_by="at", limit=1)
    return next((DeadLetters(store.count(oldest), found.data["at"]) for found in store.query(oldest)), None)


def record_dead_letter(services: Services, topic: str, data: dict[str, str], error: str = "") -> str:
    """Store a dead letter under an id made from its content, so that a repeated one is no second record."""
    text = json.dumps([topic, data], sort_keys=True)
    id = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
    document: Document = {"topic": topic, "data": data, "error": error[:300], "at": services.clock.now()}
    services.store.transact(lambda tx: tx.set(DEAD_LETTERS, id, document))
    return id
