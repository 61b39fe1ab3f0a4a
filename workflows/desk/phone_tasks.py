"""Phone tasks: a notice to somebody without e-mail becomes a task of the desk with a recorded end. Lists them page
by page for the board and counts them for the morning. The number is read when the board is shown; no task stores
it.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime

from workflows.collection_names import NOTICES, REPORTERS
from workflows.domain.complaint.model import Complaint
from workflows.domain.notifications.delivery import mark_delivered
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    NotSent,
    PhoneTask,
    is_obsolete,
    notice_from,
    still_leased,
)
from workflows.domain.notifications.phone_tasks import (
    complete,
    count_seen,
    holds_answer,
    is_wanted,
    join_task,
    joined_fields,
    may_be_told_by_desk,
    new_task,
    phone_task_of,
    record_no_answer,
    restart_objection_time,
    tells_answer,
)
from workflows.errors import FieldError, InvalidInput
from workflows.frozen import frozen
from workflows.ports import DELETE, Query, Store, Transaction
from workflows.records.queries import every_found
from workflows.unit_of_work import Complaints, SavedTransition, Services, commit, save
from workflows.urls import desk_path

AT_ONCE = 100
WAITING = Query(NOTICES, (("state", "==", NoticeState.PHONE_PENDING),), order_by="created_at")
"""Every open task, longest waiting first."""


def hand_over(services: Services, notice: Notice) -> str:
    """Make a claimed notice a phone task, or part of the complaint's open one; returns its state afterwards."""

    def work(transaction: Transaction) -> str:
        if not still_leased(transaction.get(NOTICES, notice.id), notice):
            return NotSent.NOTHING_TO_DO
        needed = _is_needed(transaction, notice)
        task = open_task(transaction, notice.ticket) if needed else None
        return _hand_over(transaction, notice, task) if needed else drop(transaction, notice.id)

    return services.store.transact(work)


def _is_needed(transaction: Transaction, notice: Notice) -> bool:
    complaint = Complaints(transaction).get(notice.ticket)
    if complaint is None or not may_be_told_by_desk(complaint):
        return False
    return complaint.parent == notice.about if notice.about else not is_obsolete(notice, complaint)


def open_task(transaction: Transaction, ticket: str) -> Notice | None:
    """The open phone task of a complaint, or None."""
    query = Query(
        NOTICES, (("ticket", "==", ticket), ("state", "==", NoticeState.PHONE_PENDING)), order_by="created_at", limit=1
    )
    return next((notice_from(found.id, found.data) for found in transaction.query(query)), None)


def _hand_over(transaction: Transaction, notice: Notice, task: Notice | None) -> str:
    if task is None:
        transaction.set(NOTICES, notice.id, new_task(notice).to_document())
        return NoticeState.PHONE_PENDING
    transaction.update(NOTICES, task.id, join_task(task, notice))
    transaction.update(NOTICES, notice.id, joined_fields(task) | {"next_try_at": DELETE})
    return NoticeState.BUNDLED


def drop(transaction: Transaction, id: str) -> str:
    transaction.update(NOTICES, id, {"state": NoticeState.DROPPED, "next_try_at": DELETE})
    return NoticeState.DROPPED


def complete_phone_task(services: Services, reference: str) -> None:
    """Record that the citizen knows what the operator saw on the board; a repeat changes nothing. InvalidInput."""
    id, seen = _read_reference(reference)
    now = services.clock.now()

    def work(transaction: Transaction) -> SavedTransition | None:
        task, complaint = _task(transaction, id)
        changes = complete(task, seen, now)
        if changes is None:
            return None
        heard = tells_answer(task, seen, complaint)
        change = mark_delivered(complaint, complaint.answer.answer_sequence, services.policy, now) if heard else None
        transaction.update(NOTICES, id, changes)
        return save(transaction, change, services.policy, now) if change else None

    commit(services, work)


def record_missed_call(services: Services, reference: str) -> None:
    """Record that nobody answered. After the policy's number of days the task is over, and only then may an answer
    that it held expire. One try a day counts. InvalidInput.
    """
    id, _ = _read_reference(reference)
    now = services.clock.now()

    def work(transaction: Transaction) -> None:
        task, complaint = _task(transaction, id)
        changes = record_no_answer(task, services.policy.tell_tries, now)
        if changes is None:
            return
        transaction.update(NOTICES, id, changes)
        given_up = changes.get("state") == NoticeState.PHONE_FAILED and holds_answer(task, complaint)
        if given_up and (change := restart_objection_time(complaint, services.policy, now)):
            save(transaction, change, services.policy, now)

    services.store.transact(work)


def _task(transaction: Transaction, id: str) -> tuple[Notice, Complaint]:
    document = transaction.get(NOTICES, id)
    complaint = Complaints(transaction).get(document["ticket"]) if document else None
    task = notice_from(id, document) if document else None
    if task is None or task.phone_task is None or complaint is None:
        raise InvalidInput([FieldError("task", "no_task")])
    if not may_be_told_by_desk(complaint):
        raise InvalidInput([FieldError("task", "no_task")])
    return task, complaint


def _read_reference(text: str) -> tuple[str, int]:
    id, _, seen = text.strip().rpartition(".")
    if not id or "/" in id or len(id) > 100 or not (seen.isascii() and seen.isdigit()) or len(seen) > 4:
        raise InvalidInput([FieldError("task", "no_task")])
    return id, int(seen)


def settle_outdated(services: Services) -> int:
    """Close tasks that are no longer needed; returns their number."""
    waiting = every_found(services.store, replace(WAITING, limit=AT_ONCE))
    return sum(_settle(services, found.id) for found in waiting)


def _settle(services: Services, id: str) -> bool:
    def work(transaction: Transaction) -> bool:
        document = transaction.get(NOTICES, id)
        complaint = Complaints(transaction).get(document["ticket"]) if document else None
        if document is None or complaint is None or document["state"] != NoticeState.PHONE_PENDING:
            return False
        if is_wanted(notice_from(id, document), complaint):
            return False
        drop(transaction, id)
        return True

    return services.store.transact(work)


MOST = 20
"""Tasks per page of the board."""


@frozen
class Task:
    """One citizen to phone: what, about which complaint, at which number. `path`: the operators' page of the
    complaint.
    """

    notice: Notice
    complaint: Complaint
    phone: str
    path: str

    @property
    def details(self) -> PhoneTask:
        """What there is to tell, and the number of tries."""
        return phone_task_of(self.notice)


@frozen
class Backlog:
    """How many citizens wait to be phoned; `since`: when the oldest waiting item was written."""

    count: int
    since: datetime


@frozen
class Tasks:
    """One page of tasks, longest waiting first. `next`: the cursor of the following page."""

    tasks: tuple[Task, ...]
    first: bool
    next: str


def backlog(store: Store) -> Backlog | None:
    """The summary of all waiting tasks; None without any."""
    oldest = replace(WAITING, limit=1)
    return next((Backlog(store.count(oldest), found.data["created_at"]) for found in store.query(oldest)), None)


def tasks(services: Services, after: str = "") -> Tasks:
    """The page after the cursor `after`; an invalid or outdated one means the first page."""
    cursor = _cursor(services.store, after)
    query = replace(WAITING, limit=MOST + 1, after=cursor)
    found = [notice_from(item.id, item.data) for item in services.store.query(query)]
    shown = found[:MOST]
    following = shown[-1].id if len(found) > MOST else ""
    return Tasks(tuple(_with_contact(services, shown)), cursor is None, following)


def _cursor(store: Store, after: str) -> tuple[datetime, str] | None:
    document = store.get(NOTICES, after) if after and "/" not in after and len(after) < 100 else None
    return (document["created_at"], after) if document else None


def _with_contact(services: Services, notices: list[Notice]) -> list[Task]:
    """The tasks with complaint and number, without those that are no longer needed or allowed."""
    tickets = [notice.ticket for notice in notices]
    complaints, people = Complaints(services.store).get_many(tickets), services.store.get_many(REPORTERS, tickets)
    made = []
    for notice, complaint, person in zip(notices, complaints, people, strict=True):
        if complaint and person and is_wanted(notice, complaint):
            made.append(Task(notice, complaint, person["phone"], desk_path(services, complaint)))
    return made


def reference(task: Notice) -> str:
    """How a form identifies a task as shown; once something is added to it, the reference is outdated."""
    return f"{task.id}.{count_seen(task)}"
