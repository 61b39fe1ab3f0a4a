"""Notices for the followers of a complaint: one notice becomes a notice to each, page by page."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.domain.actions.engine import Rules
from workflows.domain.actions.merge import reassign_followers
from workflows.domain.complaint.model import State
from workflows.domain.notifications.kinds import LAST_FOLLOWER_NEWS
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    NotSent,
    follower_notice,
    follower_progress_from,
    notice_from,
    still_leased,
)
from workflows.frozen import frozen
from workflows.merging import merge_root
from workflows.ports import DELETE, Document, Query, Store, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Services, complaint_of, publish_best_effort, save

AT_ONCE = 100
"""Followers per transaction, which also stores the cursor of the next page."""
HANDED_ON_AT_ONCE = 50
"""Followers per transaction when they are changed themselves, each with a timeline event."""


def count_followers(store: Store, ticket: str) -> int:
    """Number of present followers of a complaint."""
    return store.count(_of(ticket))


def _of(ticket: str, limit: int = AT_ONCE) -> Query:
    """The query for followers, longest first."""
    return Query(COMPLAINTS, (("parent", "==", ticket),), order_by="received_at", limit=limit)


@frozen
class Page:
    """What one transaction wrote: the notices that are due now, and the claimed notice's state afterwards."""

    letters: tuple[str, ...]
    state: str


def tell_followers(services: Services, notice: Notice) -> str:
    """Write the followers' notices of a claimed notice; returns its state afterwards: sent once the last page is
    written. After an interruption it is claimed again when its lease expires, and resumes at its cursor; a slower
    worker notices at its next page and stops.
    """
    write_page = _hand_on if notice.template in LAST_FOLLOWER_NEWS else _tell
    page = Page((), NoticeState.SENDING)
    while page.state == NoticeState.SENDING:
        page = services.store.transact(partial(_page, services, notice, write_page))
        for letter in page.letters:
            publish_best_effort(services.bus, NOTICE_DUE, {"notice": letter})
    return page.state


WritePage = Callable[[Services, Transaction, Notice, datetime], tuple[list[str], Document]]
"""Writes the next page of a notice: (ids of the new notices, changed fields of the claimed one); `state` is among
these at the end.
"""


def _page(services: Services, notice: Notice, write_page: WritePage, transaction: Transaction) -> Page:
    now = services.clock.now()
    document = transaction.get(NOTICES, notice.id)
    if not still_leased(document, notice):
        return Page((), NotSent.NOTHING_TO_DO)
    letters, changes = write_page(services, transaction, notice_from(notice.id, document), now)
    lease: Document = {"next_try_at": now + services.policy.mail.lease}
    transaction.update(NOTICES, notice.id, lease | changes)
    return Page(tuple(letters), changes.get("state", NoticeState.SENDING))


def _done(now: datetime) -> Document:
    return {"state": NoticeState.SENT, "sent_at": now, "next_try_at": DELETE}


def _tell(services: Services, transaction: Transaction, notice: Notice, now: datetime) -> tuple[list[str], Document]:
    """The same notice to each follower from the cursor on."""
    progress = follower_progress_from(notice.extra)
    found = transaction.query(replace(_of(notice.ticket), after=progress.after))
    letters = [letter for each in found if (letter := follower_notice(complaint_of(each), notice, now))]
    for letter in letters:
        transaction.create(NOTICES, letter.id, letter.to_document())
    told = [letter.id for letter in letters]
    if len(found) < AT_ONCE:
        return told, _done(now)
    last = (found[-1].data["received_at"], found[-1].id)
    return told, {"extra": notice.extra_with(replace(progress, after=last))}


def _hand_on(services: Services, transaction: Transaction, notice: Notice, now: datetime) -> tuple[list[str], Document]:
    """Move the followers of a complaint that ended or was merged to another one; nothing if it was reopened."""
    progress = follower_progress_from(notice.extra)
    heir = merge_root(transaction, progress.heir or notice.ticket)
    if heir and heir.ticket == notice.ticket and heir.state != State.WITHDRAWN:
        return [], _done(now)
    found = transaction.query(_of(notice.ticket, HANDED_ON_AT_ONCE))
    rules = Rules(services.policy, services.directory)
    changes, heir = reassign_followers([complaint_of(each) for each in found], heir, rules, now)
    written = [save(transaction, change, services.policy, now) for change in changes]
    letters = [letter.id for change in written for letter in change.saved_notices]
    if len(found) < HANDED_ON_AT_ONCE:
        return letters, _done(now)
    return letters, {"extra": notice.extra_with(replace(progress, heir=heir.ticket) if heir else progress)}
