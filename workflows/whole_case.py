"""Everything the store holds of one case, for whoever looks after it; who wrote stays out."""

from __future__ import annotations

from workflows.ports import Document, Query, Store
from workflows.runner import COMPLAINTS, NOTICES, timeline_of


def whole_case(store: Store, ticket: str) -> Document | None:
    """Complaint, timeline and notices of a ticket, or None."""
    complaint = store.get(COMPLAINTS, ticket)
    if complaint is None:
        return None
    timeline = store.query(Query(timeline_of(ticket), order_by="sequence", limit=1000))
    letters = store.query(Query(NOTICES, (("ticket", "==", ticket),), order_by="created_at", limit=1000))
    return {
        "complaint": complaint,
        "timeline": [found.data for found in timeline],
        "notices": [{"id": found.id, **found.data} for found in letters],
    }
