"""Whom the operators have to tell by WhatsApp or phone: page by page for the board, counted for the morning.

The phone number is read when the board is shown; no task holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workflows.collection_names import NOTICES, REPORTERS
from workflows.complaints import Complaints
from workflows.desk.telling import WAITING
from workflows.domain.complaint import Complaint
from workflows.domain.notice import Notice, notice_from
from workflows.domain.telling import count_seen, is_wanted
from workflows.mail.case_links import desk_path
from workflows.ports import Store
from workflows.unit_of_work import Services

MOST = 20
"""So many tasks on a page of the board."""


@dataclass(frozen=True)
class Task:
    """One citizen to be told: what, of which case, at which number. path: of the case on the operators' page."""

    notice: Notice
    complaint: Complaint
    phone: str
    path: str


@dataclass(frozen=True)
class Backlog:
    """How many citizens wait to be told; since: when the first news that waits was written."""

    count: int
    since: datetime


@dataclass(frozen=True)
class Tasks:
    """One page of the tasks, those that have waited longest first. next: where the following page begins."""

    tasks: tuple[Task, ...]
    first: bool
    next: str


def backlog(store: Store) -> Backlog | None:
    """What waits in all; None where nobody does."""
    oldest = replace(WAITING, limit=1)
    return next((Backlog(store.count(oldest), found.data["created_at"]) for found in store.query(oldest)), None)


def tasks(ports: Services, after: str = "") -> Tasks:
    """The page behind a place, as `next` named it; a place that is none, or is gone, is the beginning."""
    cursor = _cursor(ports.store, after)
    query = replace(WAITING, limit=MOST + 1, after=cursor)
    found = [notice_from(item.id, item.data) for item in ports.store.query(query)]
    shown = found[:MOST]
    following = shown[-1].id if len(found) > MOST else ""
    return Tasks(tuple(_with_contact(ports, shown)), cursor is None, following)


def _cursor(store: Store, after: str) -> tuple[datetime, str] | None:
    document = store.get(NOTICES, after) if after and "/" not in after and len(after) < 100 else None
    return (document["created_at"], after) if document else None


def _with_contact(ports: Services, notices: list[Notice]) -> list[Task]:
    """Each with its case and number; without those that nobody needs to be told, or may be told, any more."""
    tickets = [notice.ticket for notice in notices]
    complaints, people = Complaints(ports.store).get_many(tickets), ports.store.get_many(REPORTERS, tickets)
    made = []
    for notice, complaint, person in zip(notices, complaints, people, strict=True):
        if complaint and person and is_wanted(notice, complaint):
            made.append(Task(notice, complaint, person["phone"], desk_path(ports, complaint)))
    return made


def reference(task: Notice) -> str:
    """How a form names a task as it was seen: with news that came later, it is not told yet."""
    return f"{task.id}.{count_seen(task)}"
