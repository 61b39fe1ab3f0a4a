"""The repository of complaints: reads them from a store or a transaction as Complaint, never as a dict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import Complaint, from_document
from workflows.domain.complaint.transition import TimelineEvent, timeline_event_from
from workflows.failures import UnknownComplaint
from workflows.ports import Document, Found, Query, Reads

MAX_TIMELINE_EVENTS = 1000


class SingleReads(Protocol):
    """What a Store and a Transaction have in common for one document."""

    def get(self, collection: str, id: str) -> Document | None: ...


class QueryReads(Protocol):
    """What a Store, a Transaction and the reads of a page have in common for lists."""

    def query(self, query: Query) -> list[Found]: ...


Source = TypeVar("Source", covariant=True)


class Complaints(Generic[Source]):
    """Complaints in a store, or in a transaction before its writes. A transaction has no get_many."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def get(self: Complaints[SingleReads], ticket: str | None) -> Complaint | None:
        """The complaint with that ticket; None when there is none, or when no ticket is given."""
        document = self._source.get(COMPLAINTS, ticket) if ticket else None
        return from_document(document) if document is not None else None

    def require(self: Complaints[SingleReads], ticket: str) -> Complaint:
        """The complaint with that ticket; UnknownComplaint when there is none."""
        document = self._source.get(COMPLAINTS, ticket)
        if document is None:
            raise UnknownComplaint(ticket)
        return from_document(document)

    def get_many(self: Complaints[Reads], tickets: Sequence[str]) -> list[Complaint | None]:
        """The complaints with these tickets, in their order; None in the place of one that does not exist."""
        documents = self._source.get_many(COMPLAINTS, tickets)
        return [from_document(document) if document is not None else None for document in documents]

    def query(self: Complaints[QueryReads], query: Query) -> list[Complaint]:
        """The complaints that a query of their collection finds, in its order."""
        return [complaint_of(found) for found in self._source.query(query)]


def timeline_of(ticket: str) -> str:
    """The path of the subcollection with a complaint's timeline."""
    return f"{COMPLAINTS}/{ticket}/timeline"


def complaint_of(found: Found) -> Complaint:
    """The complaint of one row of a query's answer."""
    return from_document(found.data)


def read_timeline(reads: QueryReads, ticket: str) -> tuple[TimelineEvent, ...]:
    """A complaint's timeline, oldest first, hidden events included; the newest MAX_TIMELINE_EVENTS of it."""
    newest = Query(timeline_of(ticket), order_by="sequence", descending=True, limit=MAX_TIMELINE_EVENTS)
    return tuple(timeline_event_from(item.data) for item in reversed(reads.query(newest)))
