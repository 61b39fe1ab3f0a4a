"""The repository of complaints: reads them from a store or a transaction as Complaint, never as a dict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from workflows.collection_names import COMPLAINTS, timeline_of
from workflows.domain.change import Entry, entry_from
from workflows.domain.complaint import Complaint, from_document
from workflows.failures import UnknownComplaint
from workflows.ports import Document, Found, Query, Reads

MAX_TIMELINE_EVENTS = 1000


class DocumentSource(Protocol):
    """What a Store and a Transaction have in common."""

    def get(self, collection: str, id: str) -> Document | None: ...


class Queries(Protocol):
    """What can be asked for a list: a Store, a Transaction, or the reads of a page."""

    def query(self, query: Query) -> list[Found]: ...


class Complaints:
    """Single complaints, read from a store, or from a transaction before its writes."""

    def __init__(self, source: DocumentSource) -> None:
        self._source = source

    def get(self, ticket: str | None) -> Complaint | None:
        """The complaint with that ticket; None when there is none, or no ticket."""
        document = self._source.get(COMPLAINTS, ticket) if ticket else None
        return from_document(document) if document else None

    def require(self, ticket: str) -> Complaint:
        """The complaint with that ticket; UnknownComplaint when there is none."""
        complaint = self.get(ticket)
        if complaint is None:
            raise UnknownComplaint(ticket)
        return complaint


def get_complaints(reads: Reads, tickets: Sequence[str]) -> list[Complaint | None]:
    """The complaints with these tickets, in their order; None in the place of one that does not exist."""
    documents = reads.get_many(COMPLAINTS, tickets)
    return [from_document(document) if document else None for document in documents]


def query_complaints(reads: Queries, query: Query) -> list[Complaint]:
    """The complaints that a query of the collection finds, in its order."""
    return [complaint_of(found) for found in reads.query(query)]


def complaint_of(found: Found) -> Complaint:
    """The complaint of one row of a query's answer."""
    return from_document(found.data)


def read_timeline(store: Queries, ticket: str) -> tuple[Entry, ...]:
    """A complaint's timeline, oldest first, hidden events included; the newest MAX_TIMELINE_EVENTS of it."""
    newest = Query(timeline_of(ticket), order_by="sequence", descending=True, limit=MAX_TIMELINE_EVENTS)
    return tuple(entry_from(item.data) for item in reversed(store.query(newest)))
