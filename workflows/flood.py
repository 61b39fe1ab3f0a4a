"""A flooding night: from the eleventh new case in ten minutes on, a department gets a list, not letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from workflows.domain.calendar import WIB
from workflows.domain.change import DEPARTMENT
from workflows.domain.notice import BUNDLED, QUEUED, SENDING, Notice, notice_from
from workflows.ports import DELETE, Document, Query, Store, Transaction, Where
from workflows.runner import NOTICES, Ports

NEW_CASE = "new_case"
NEW_CASES = "new_cases"
SINGLY = 10
"""So many new cases within WINDOW a department gets one by one."""
WINDOW = timedelta(minutes=10)
"""Also how long a list is left open for more, from its first case on."""
PAGE = 200
MOST = 1000


def in_flood(store: Store, notice: Notice) -> bool:
    """Whether SINGLY others were on their way to the same department in the ten minutes before this one.

    Judged by when they were written, so that every try, in whatever order, comes to the same.
    """
    if notice.template != NEW_CASE or notice.created_at is None:
        return False
    written: Where = (("created_at", ">", notice.created_at - WINDOW), ("created_at", "<=", notice.created_at))
    to: Where = (("to", "==", notice.to), ("template", "==", NEW_CASE))
    first = store.query(Query(NOTICES, (*to, *written), order_by="created_at", limit=SINGLY))
    return notice.id not in {found.id for found in first}


def put_on_list(ports: Ports, notice: Notice) -> bool:
    """Put a claimed letter on the department's next list; True when that is all, False when it goes out as well.

    Letter and list are written together: whatever is on a list has the list's own alarm behind it. Only a list
    that nobody has begun to write takes another case in.
    """
    now = ports.clock.now()

    def work(transaction: Transaction) -> bool:
        document = transaction.get(NOTICES, notice.id)
        if document is None or document["state"] != SENDING or document["attempts"] != notice.attempts:
            return True
        if not document.get("bundle"):
            listed = _open_list(transaction, notice.to, now)
            transaction.update(NOTICES, notice.id, _bundled(notice, _put(transaction, listed, notice, now)))
        return not notice.urgent

    return ports.store.transact(work)


def _open_list(transaction: Transaction, opd: str, now: datetime) -> Notice | None:
    since: Where = (("to", "==", opd), ("template", "==", NEW_CASES), ("created_at", ">", now - 2 * WINDOW))
    found = transaction.query(Query(NOTICES, since, order_by="created_at"))
    waiting = [notice_from(item.id, item.data) for item in found if item.data["state"] == QUEUED]
    return waiting[-1] if waiting else None


def _put(transaction: Transaction, listed: Notice | None, notice: Notice, now: datetime) -> str:
    """The id of the list, made where none is open."""
    if listed:
        return listed.id
    id = f"list.{notice.to}.{now.astimezone(WIB):%Y%m%d%H%M}"
    made = Notice(id, "", 0, NEW_CASES, DEPARTMENT, notice.to, created_at=now, next_try_at=now + WINDOW)
    transaction.create(NOTICES, id, made.to_document())
    return id


def _bundled(notice: Notice, list_id: str) -> Document:
    if notice.urgent:
        return {"bundle": list_id}
    return {"bundle": list_id, "state": BUNDLED, "next_try_at": DELETE}


def on_list(store: Store, list_id: str) -> list[Notice]:
    """The letters that a list stands for, oldest first."""
    notices: list[Notice] = []
    query = Query(NOTICES, (("bundle", "==", list_id),), order_by="created_at", limit=PAGE)
    while (page := store.query(query)) and len(notices) < MOST:
        notices += [notice_from(found.id, found.data) for found in page]
        query = replace(query, after=(page[-1].data["created_at"], page[-1].id))
    return notices
