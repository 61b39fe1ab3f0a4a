"""The unit of work, and the repository of complaints that it reads from: reads a complaint, applies a pure
decision, saves all of it at once, then wakes others.
"""

from __future__ import annotations
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.domain.complaint.model import Complaint, from_document, to_document
from workflows.domain.complaint.transition import CITIZEN, NoticeRequest, TimelineEvent, Transition, timeline_id
from workflows.domain.deadlines.policy import Policy
from workflows.domain.directory import Directory
from workflows.domain.documents import read_record
from workflows.domain.escalation.schedule import with_alarms
from workflows.domain.notifications.notice import Notice, add_follower_notices, queued
from workflows.errors import Forbidden, LinkExpired, LinkSuperseded
from workflows.failures import Retryable, UnknownComplaint
from workflows.frozen import frozen
from workflows.ports import Bus, CaseGrant, Clock, Document, Found, Links, Photos, Query, Reads, Store, Transaction
from workflows.topics import NOTICE_DUE

log = logging.getLogger("laksa")

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
    return tuple(read_record(TimelineEvent, item.data) for item in reversed(reads.query(newest)))


Decide = Callable[[Complaint, datetime], Transition | None]
"""A pure decision: the complaint and the present time → what changes, or None."""
LinkCheck = Callable[[CaseGrant, Complaint, datetime], None]
"""Raises LinkSuperseded or LinkExpired when a link no longer shows its complaint."""


@frozen
class Services:
    """What every workflow is handed: the ports to the world, and the rules in force."""

    store: Store
    bus: Bus
    clock: Clock
    links: Links
    policy: Policy
    directory: Directory
    photos: Photos


@frozen
class SavedTransition(Transition):
    """A change as it was saved: the complaint with its alarms set, and the notices that were written with it."""

    saved_notices: tuple[Notice, ...] = ()


def load_or_forbidden(store: Store, ticket: str) -> Complaint:
    """The complaint that a link names. Forbidden when there is none, as for a forged link: it tells nothing."""
    complaint = Complaints(store).get(ticket)
    if complaint is None:
        raise Forbidden
    return complaint


def link_is_valid(check_link: LinkCheck, grant: CaseGrant, complaint: Complaint, now: datetime) -> bool:
    """Whether a link still shows its complaint, by the check of its page."""
    with suppress(LinkSuperseded, LinkExpired):
        check_link(grant, complaint, now)
        return True
    return False


def apply_or_forbidden(services: Services, ticket: str, decide: Decide) -> SavedTransition | None:
    """apply_transition for the holder of a link: Forbidden, not UnknownComplaint, when there is no complaint."""
    try:
        return apply_transition(services, ticket, decide)
    except UnknownComplaint as unknown:
        raise Forbidden from unknown


def apply_transition(services: Services, ticket: str, decide: Decide) -> SavedTransition | None:
    """Read, decide, save and only then publish; None when nothing changed. Safe to repeat.

    UnknownComplaint when there is no such ticket; what `decide` raises goes through and nothing was written.
    """
    now = services.clock.now()

    def work(transaction: Transaction) -> SavedTransition | None:
        change = decide(Complaints(transaction).require(ticket), now)
        return save(transaction, change, services.policy, now) if change else None

    return commit(services, work)


def commit(services: Services, work: Callable[[Transaction], SavedTransition | None]) -> SavedTransition | None:
    """Run a transaction that may change a complaint, and only then publish the notices that it wrote."""
    saved = services.store.transact(work)
    if saved:
        publish_notices(services, saved)
    return saved


def save(transaction: Transaction, change: Transition, policy: Policy, now: datetime) -> SavedTransition:
    """Write state, timeline, notices and the next alarm in the caller's transaction."""
    complaint = with_alarms(change.complaint, policy, now)
    transaction.set(COMPLAINTS, complaint.ticket, to_document(complaint))
    for entry in change.entries:
        transaction.create(timeline_of(complaint.ticket), timeline_id(entry.sequence), entry.to_document())
    notices = _notices_of(change, now)
    for notice in notices:
        transaction.create(NOTICES, notice.id, notice.to_document())
    return SavedTransition(complaint, change.entries, change.notices, notices)


def _notices_of(change: Transition, now: datetime) -> tuple[Notice, ...]:
    """The notices of a change; none to a citizen without a contact, or before a person has released the case."""
    reachable = [r for r in add_follower_notices(change) if _reaches(r, change.complaint)]
    return tuple(queued(request, change.complaint, now) for request in reachable)


def _reaches(request: NoticeRequest, complaint: Complaint) -> bool:
    return request.role != CITIZEN or (complaint.has_contact_channel and not complaint.quarantine)


def publish_notices(services: Services, saved: SavedTransition) -> None:
    """Wake the sender for each notice that is due; a sweep finds what is due later or was lost."""
    now = services.clock.now()
    for notice in saved.saved_notices:
        if notice.next_try_at and notice.next_try_at > now:
            continue
        publish_best_effort(services.bus, NOTICE_DUE, {"notice": notice.id})


def publish_best_effort(bus: Bus, topic: str, data: dict[str, str]) -> None:
    """Publish; when the bus does not answer, the sweep does it later: the work is already committed."""
    try:
        bus.publish(topic, data)
    except Retryable:
        log.warning("wake-up call lost", extra={"topic": topic})
