"""The sweep that wakes everything whose alarm is due, and the check that escalates a complaint. Before an answered
complaint closes it makes sure that no phone task still has to tell the answer.
"""

from __future__ import annotations
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from workflows.collection_names import COMPLAINTS, INBOUND, KEPT_PHOTOS, NOTICES, SYSTEM
from workflows.desk.phone_tasks import open_task
from workflows.domain.complaint.model import Complaint, to_document
from workflows.domain.complaint.transition import Transition
from workflows.domain.escalation.schedule import UNROUTED_AFTER, next_check
from workflows.domain.escalation.timers import next_timed_transition
from workflows.domain.notifications.phone_tasks import holds_answer, restart_objection_time, would_close_unheard
from workflows.failures import DocumentMissing
from workflows.ports import Document, Found, Query, Store, Transaction
from workflows.records.queries import every_found
from workflows.topics import COMPLAINT_DUE, COMPLAINT_RECEIVED, MAIL_ARRIVED, NOTICE_DUE
from workflows.unit_of_work import Complaints, Services, apply_transition, complaint_of, publish_best_effort, save

log = logging.getLogger("laksa")


def wait_for_desk(services: Services, ticket: str) -> None:
    """Extend the time to object while the phone task is open; once it is completed or given up, never again."""
    now = services.clock.now()

    def work(transaction: Transaction) -> None:
        complaint = Complaints(transaction).get(ticket)
        if complaint is None or not would_close_unheard(complaint, now):
            return
        task = open_task(transaction, ticket)
        if (
            task
            and holds_answer(task, complaint)
            and (change := restart_objection_time(complaint, services.policy, now))
        ):
            save(transaction, change, services.policy, now)

    services.store.transact(work)


PAGE = 200
MAX_STEPS = 12
"""More than the levels of any ladder: a check always ends."""


def sweep(services: Services) -> int:
    """Wake everything whose alarm is due; returns how many. Missing one run, or two runs at once, does no harm."""
    now, woken = services.clock.now(), 0
    for found in _due(services.store, COMPLAINTS, "next_check_at", now):
        topics = _topics(found, now)
        for topic in topics:
            publish_best_effort(services.bus, topic, {"ticket": found.id})
        woken += bool(topics)
    for found in _due(services.store, COMPLAINTS, "questionnaire_at", now):
        publish_best_effort(services.bus, COMPLAINT_DUE, {"ticket": found.id})
        woken += 1
    for found in _due(services.store, NOTICES, "next_try_at", now):
        publish_best_effort(services.bus, NOTICE_DUE, {"notice": found.id})
        woken += 1
    for found in _due(services.store, INBOUND, "next_try_at", now):
        publish_best_effort(services.bus, MAIL_ARRIVED, {"mail": found.id})
        woken += 1
    _note_sweep(services.store, {"at": now, "woken": woken})
    return woken


def _note_sweep(store: Store, note: Document) -> None:
    """Store when the sweep ran; an update keeps fields of a newer release and reads nothing."""
    try:
        store.transact(lambda tx: tx.update(SYSTEM, "sweep", note))
    except DocumentMissing:
        store.transact(lambda tx: tx.set(SYSTEM, "sweep", note))


def _topics(found: Found, now: datetime) -> tuple[str, ...]:
    """The topics a complaint waits for; none for an unreadable document: the others are woken all the same."""
    try:
        return _waits_for(complaint_of(found), now)
    except Exception as error:
        log.error("complaint cannot be read", extra={"ticket": found.id, "error": type(error).__name__})
        return ()


def _waits_for(case: Complaint, now: datetime) -> tuple[str, ...]:
    if not case.awaiting_routing:
        return (COMPLAINT_DUE,)
    late = now - case.noted_at >= UNROUTED_AFTER
    return (COMPLAINT_RECEIVED, COMPLAINT_DUE) if late else (COMPLAINT_RECEIVED,)


def last_sweep(store: Store) -> datetime | None:
    """When the sweep last ran; reads the store, so it also shows whether the store answers."""
    document = store.get(SYSTEM, "sweep")
    return document["at"] if document else None


def next_alarm(store: Store) -> datetime | None:
    """The next alarm, before which a sweep finds nothing; None when none is set."""
    alarms = (
        (COMPLAINTS, "next_check_at"),
        (COMPLAINTS, "erase_at"),
        (COMPLAINTS, "questionnaire_at"),
        (NOTICES, "next_try_at"),
        (INBOUND, "next_try_at"),
        (KEPT_PHOTOS, "forget_at"),
    )
    found = (store.query(Query(name, order_by=alarm, limit=1)) for name, alarm in alarms)
    rings = [page[0].data[alarm] for page, (_, alarm) in zip(found, alarms, strict=True) if page]
    return min((at for at in rings if at is not None), default=None)


def _due(store: Store, collection: str, alarm: str, now: datetime) -> Iterator[Found]:
    """Every document whose alarm is due, oldest first."""
    return every_found(store, Query(collection, ((alarm, "<=", now),), order_by=alarm, limit=PAGE))


def check(services: Services, ticket: str) -> list[Transition]:
    """Carry out everything that is due on one complaint, one step per transaction; then set the next alarm."""
    changes: list[Transition] = []
    while len(changes) < MAX_STEPS and (change := _step(services, ticket)):
        changes.append(change)
    if not changes:
        _rearm(services, ticket)
    return changes


def _step(services: Services, ticket: str) -> Transition | None:
    """The next due transition; the store is searched for phone tasks only before an answered complaint closes."""
    unheard = False

    def decide(complaint: Complaint, now: datetime) -> Transition | None:
        nonlocal unheard
        unheard = would_close_unheard(complaint, now)
        return None if unheard else next_timed_transition(complaint, services.policy, now)

    change = apply_transition(services, ticket, decide)
    if not unheard:
        return change
    wait_for_desk(services, ticket)
    return apply_transition(services, ticket, lambda c, now: next_timed_transition(c, services.policy, now))


def _rearm(services: Services, ticket: str) -> None:
    """Move an alarm that changed nothing, so that the next sweep does not find it again at once."""
    now = services.clock.now()

    def work(transaction: Transaction) -> None:
        complaint = Complaints(transaction).require(ticket)
        if complaint.deadlines.next_check_at and complaint.deadlines.next_check_at <= now:
            again = _alarm_after(complaint, services, now)
            transaction.set(COMPLAINTS, ticket, to_document(complaint.evolve(next_check_at=again)))

    services.store.transact(work)


def _alarm_after(complaint: Complaint, services: Services, now: datetime) -> datetime | None:
    if complaint.awaiting_routing:
        return now + timedelta(minutes=1)
    due = next_check(complaint, services.policy)
    return due if due is None or due > now else now + timedelta(days=1)
