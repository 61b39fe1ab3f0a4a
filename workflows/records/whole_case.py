"""Everything the store holds of one case, for whoever looks after it; who wrote stays out."""

from __future__ import annotations

from workflows.collection_names import COMPLAINTS, NOTICES, timeline_of
from workflows.domain.access import BOARD
from workflows.domain.own_name import hide
from workflows.ports import Document, Query, Store
from workflows.records.accesses import accesses_of


def whole_case(store: Store, ticket: str) -> Document | None:
    """Complaint, timeline, who read it, and notices of a ticket, or None."""
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
    """Who opened the desk's board."""
    return {"accesses": [line.to_document() for line in accesses_of(store, BOARD)]}


def _unnamed(document: Document) -> Document:
    """Without the writer's own name in the words, where it is known."""
    return {name: hide(value) if isinstance(value, str) else value for name, value in document.items()}
