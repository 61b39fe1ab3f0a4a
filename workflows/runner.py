"""The one runner: reads a complaint, lets a pure function decide, writes the whole change, then wakes others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.domain.change import CITIZEN, Change, Entry, NoticeRequest, entry_from, timeline_id
from workflows.domain.complaint import Complaint, from_document, to_document
from workflows.domain.department import Directory
from workflows.domain.ladder import next_check, tabled_since
from workflows.domain.notifications.follower_notices import add_follower_notices
from workflows.domain.notifications.notice import Notice, queued
from workflows.domain.policy import Policy
from workflows.domain.questionnaire import with_question_due
from workflows.domain.retention import dated
from workflows.errors import Forbidden, LinkExpired, LinkSuperseded
from workflows.failures import Retryable, UnknownComplaint
from workflows.ports import Bus, Clock, Links, Photos, Query, Right, Store, Transaction
from workflows.topics import NOTICE_DUE

COMPLAINTS = "complaints"
NOTICES = "notices"
INBOUND = "inbound"
REPORTERS = "reporters"
SUBMISSIONS = "submissions"
SYSTEM = "system"
MOST_ENTRIES = 1000

Decide = Callable[[Complaint, datetime], Change | None]
Judge = Callable[[Right, Complaint, datetime], None]
"""Raises LinkSuperseded or LinkExpired where a link shows its case no more."""
log = logging.getLogger("laksa")


@dataclass(frozen=True)
class Ports:
    """What every workflow is handed: the world behind ports, and the rules in force."""

    store: Store
    bus: Bus
    clock: Clock
    links: Links
    policy: Policy
    directory: Directory
    photos: Photos


def timeline_of(ticket: str) -> str:
    """The collection of a complaint's timeline."""
    return f"{COMPLAINTS}/{ticket}/timeline"


def behind_link(store: Store, ticket: str) -> Complaint:
    """The complaint that a link speaks of; Forbidden, which says the same whether or not there is one."""
    document = store.get(COMPLAINTS, ticket)
    if document is None:
        raise Forbidden
    return from_document(document)


def opens(judge: Judge, right: Right, complaint: Complaint, now: datetime) -> bool:
    """Whether a link still shows its case, by the judge of its page."""
    with suppress(LinkSuperseded, LinkExpired):
        judge(right, complaint, now)
        return True
    return False


def act_behind_link(ports: Ports, ticket: str, decide: Decide) -> Change | None:
    """carry_out for somebody who holds a link: Forbidden, not UnknownComplaint, where there is no such case."""
    try:
        return carry_out(ports, ticket, decide)
    except UnknownComplaint as unknown:
        raise Forbidden from unknown


def read_timeline(store: Store, ticket: str) -> tuple[Entry, ...]:
    """What has happened to a complaint, oldest first, hidden entries included; of very many the newest."""
    newest = Query(timeline_of(ticket), order_by="sequence", descending=True, limit=MOST_ENTRIES)
    return tuple(entry_from(item.data) for item in reversed(store.query(newest)))


def carry_out(ports: Ports, ticket: str, decide: Decide) -> Change | None:
    """Read, decide, write and only then publish; None when nothing changed. Safe to repeat.

    UnknownComplaint when there is no such ticket; what `decide` raises goes through and nothing was written.
    """
    now = ports.clock.now()

    def work(transaction: Transaction) -> Change | None:
        document = transaction.get(COMPLAINTS, ticket)
        if document is None:
            raise UnknownComplaint(ticket)
        change = decide(from_document(document), now)
        return write(transaction, change, ports.policy, now) if change else None

    return commit(ports, work)


def commit(ports: Ports, work: Callable[[Transaction], Change | None]) -> Change | None:
    """A transaction that may change a case, and only then the messages of what it wrote."""
    change = ports.store.transact(work)
    if change:
        announce(ports, change)
    return change


def write(transaction: Transaction, change: Change, policy: Policy, now: datetime) -> Change:
    """State, timeline, notices and the next alarm, all in the caller's transaction."""
    after = change.complaint
    alarmed = replace(after, next_check_at=next_check(after, policy), tabled=tabled_since(after, now))
    complaint = with_question_due(dated(alarmed, policy.retention, now), policy)
    transaction.set(COMPLAINTS, complaint.ticket, to_document(complaint))
    for entry in change.entries:
        transaction.create(timeline_of(complaint.ticket), timeline_id(entry.sequence), entry.to_document())
    for notice in notices_of(change, now):
        transaction.create(NOTICES, notice.id, notice.to_document())
    return replace(change, complaint=complaint)


def notices_of(change: Change, now: datetime) -> list[Notice]:
    """The letters of a change; none to a citizen whom no news finds, or before a person has released the case."""
    reachable = [r for r in add_follower_notices(change) if _reaches(r, change.complaint)]
    return [queued(request, change.complaint, now) for request in reachable]


def _reaches(request: NoticeRequest, complaint: Complaint) -> bool:
    return request.role != CITIZEN or (complaint.can_be_told and not complaint.quarantine)


def announce(ports: Ports, change: Change) -> None:
    """Wake the sender for each letter that is due; what gets lost here, or is due later, a sweep finds."""
    now = ports.clock.now()
    for notice in notices_of(change, now):
        if notice.next_try_at and notice.next_try_at > now:
            continue
        wake(ports.bus, NOTICE_DUE, {"notice": notice.id})


def wake(bus: Bus, topic: str, data: dict[str, str]) -> None:
    """Publish, and leave it to the alarms when the bus is away: the work is committed already."""
    try:
        bus.publish(topic, data)
    except Retryable:
        log.warning("wake-up call lost", extra={"topic": topic})
