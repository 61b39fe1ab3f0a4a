"""Bundles notices of a kind: from the eleventh in ten minutes on, an office gets one list mail instead of single
mails.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.collection_names import NOTICES
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.notifications.kinds import Bundle
from workflows.domain.notifications.notice import (
    LOST,
    Notice,
    NoticeState,
    bundle_of,
    notice_from,
    office_notice,
    reset_retries,
    still_leased,
)
from workflows.ports import DELETE, Document, Query, Store, Transaction, Where
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Services, publish_best_effort

LIST = "list."
"""The prefix of a list's id."""
SINGLY = 10
"""The most notices of a kind within WINDOW that an office gets one by one."""
WINDOW = timedelta(minutes=10)
"""Also how long a list stays open for more notices, from its first one on."""
PAGE = 200
MOST = 1000
AT_ONCE = 100
"""Notices of a lost list that are put back in one transaction."""


def put_on_list(services: Services, notice: Notice) -> bool:
    """Put a claimed notice that is one of many on its office's next list; False when it is to be sent singly."""
    bundle = bundle_of(notice)
    if bundle is None or not _is_one_of_many(services.store, notice):
        return False
    return _join(services, bundle, notice)


def _is_one_of_many(store: Store, notice: Notice) -> bool:
    """Whether SINGLY others of its kind were created for the same office in the ten minutes before it. Based on
    creation times, so that every try in any order has the same result.
    """
    if notice.created_at is None or notice.is_single:
        return False
    written: Where = (("created_at", ">", notice.created_at - WINDOW), ("created_at", "<=", notice.created_at))
    to: Where = (("to", "==", notice.to), ("template", "==", notice.template))
    first = store.query(Query(NOTICES, (*to, *written), order_by="created_at", limit=SINGLY))
    return notice.id not in {found.id for found in first}


def _join(services: Services, bundle: Bundle, notice: Notice) -> bool:
    """Write notice and list together, so that whatever is on a list has the list's own alarm. Only a list whose
    mail is not being written yet accepts a notice.
    """
    now = services.clock.now()

    def work(transaction: Transaction) -> bool:
        document = transaction.get(NOTICES, notice.id)
        if not still_leased(document, notice):
            return True
        if not document.get("bundle"):
            listed = _open_list(transaction, bundle, notice, now) or _new_list(transaction, bundle, notice, now)
            transaction.update(NOTICES, notice.id, _bundled(notice, listed))
        return not notice.urgent

    return services.store.transact(work)


def _open_list(transaction: Transaction, bundle: Bundle, letter: Notice, now: datetime) -> str:
    """The id of the list that is still open, or ''."""
    of_its_kind: Where = (("to", "==", letter.to), ("template", "==", bundle.template))
    since: Where = (("created_at", ">", now - 2 * WINDOW),)
    found = transaction.query(Query(NOTICES, (*of_its_kind, *since), order_by="created_at"))
    return next((item.id for item in reversed(found) if item.data["state"] == NoticeState.QUEUED), "")


def _new_list(transaction: Transaction, bundle: Bundle, letter: Notice, now: datetime) -> str:
    id = f"{LIST}{letter.to}.{now.astimezone(WIB):%Y%m%d%H%M}{bundle.mark}"
    made = office_notice(id, bundle.template, bundle.role, letter.to, now, due=now + WINDOW)
    transaction.create(NOTICES, id, made.to_document())
    return id


def _bundled(notice: Notice, list_id: str) -> Document:
    if notice.urgent:
        return {"bundle": list_id}
    return {"bundle": list_id, "state": NoticeState.BUNDLED, "next_try_at": DELETE}


def on_list(store: Store, list_id: str) -> list[Notice]:
    """The notices of a list, oldest first."""
    notices: list[Notice] = []
    query = Query(NOTICES, (("bundle", "==", list_id),), order_by="created_at", limit=PAGE)
    while (page := store.query(query)) and len(notices) < MOST:
        notices += [notice_from(found.id, found.data) for found in page]
        query = replace(query, after=(page[-1].data["created_at"], page[-1].id))
    return notices


def put_back(services: Services, id: str) -> bool:
    """Send the notices of a lost list one by one; True when there was such a list. Safe to repeat. It works in
    small batches, and the list keeps its alarm until the last notice is back.
    """
    if not id.startswith(LIST):
        return False
    letters = _put_back_some(services, id)
    found = letters is not None
    while letters:
        for letter in letters:
            publish_best_effort(services.bus, NOTICE_DUE, {"notice": letter})
        letters = _put_back_some(services, id)
    return found


def _put_back_some(services: Services, id: str) -> list[str] | None:
    """Ids of the notices taken off the list now; [] when none was left, None when it is no lost list."""
    now = services.clock.now()

    def work(transaction: Transaction) -> list[str] | None:
        document = transaction.get(NOTICES, id)
        if document is None or document["state"] not in LOST or not document.get("next_try_at"):
            return None
        query = Query(NOTICES, (("bundle", "==", id),), order_by="created_at", limit=AT_ONCE)
        letters = [notice_from(found.id, found.data) for found in transaction.query(query)]
        for letter in letters:
            transaction.update(NOTICES, letter.id, _off_list(letter, now))
        if not letters:
            transaction.update(NOTICES, id, {"next_try_at": DELETE})
        return [letter.id for letter in letters]

    return services.store.transact(work)


def _off_list(letter: Notice, now: datetime) -> Document:
    """The fields of a notice that leaves its list; an urgent one was sent singly and only leaves it."""
    if letter.state != NoticeState.BUNDLED:
        return {"bundle": DELETE, "extra": letter.extra_with(letter.delivery, single=True)}
    return {"bundle": DELETE} | reset_retries(letter, now, single=True)
