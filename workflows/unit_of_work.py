"""The unit of work: reads a complaint, applies a pure decision, saves all of it at once, then wakes others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.complaints import Complaints, timeline_of
from workflows.domain.complaint.model import Complaint, to_document
from workflows.domain.complaint.transition import CITIZEN, NoticeRequest, Transition, timeline_id
from workflows.domain.deadlines.policy import Policy
from workflows.domain.directory import Directory
from workflows.domain.escalation.schedule import with_alarms
from workflows.domain.notifications.follower_notices import add_follower_notices
from workflows.domain.notifications.notice import Notice, queued
from workflows.errors import Forbidden, LinkExpired, LinkSuperseded
from workflows.failures import Retryable, UnknownComplaint
from workflows.ports import Bus, CaseGrant, Clock, Links, Photos, Store, Transaction
from workflows.topics import NOTICE_DUE

Decide = Callable[[Complaint, datetime], Transition | None]
"""A pure decision: the complaint and the present time → what changes, or None."""
LinkCheck = Callable[[CaseGrant, Complaint, datetime], None]
"""Raises LinkSuperseded or LinkExpired when a link no longer shows its complaint."""
log = logging.getLogger("laksa")


@dataclass(frozen=True)
class Services:
    """What every workflow is handed: the ports to the world, and the rules in force."""

    store: Store
    bus: Bus
    clock: Clock
    links: Links
    policy: Policy
    directory: Directory
    photos: Photos


@dataclass(frozen=True)
class SavedTransition(Transition):
    """A change as it was saved: the complaint with its alarms set, and the notices that were written with it."""

    saved_notices: tuple[Notice, ...] = ()


def load_or_forbidden(store: Store, ticket: str) -> Complaint:
    """The complaint that a link names. Forbidden when there is none, as for a forged link: it tells nothing."""
    complaint = Complaints(store).get(ticket)
    if complaint is None:
        raise Forbidden
    return complaint


def link_is_valid(check_link: LinkCheck, right: CaseGrant, complaint: Complaint, now: datetime) -> bool:
    """Whether a link still shows its complaint, by the check of its page."""
    with suppress(LinkSuperseded, LinkExpired):
        check_link(right, complaint, now)
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
