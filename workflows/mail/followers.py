"""News for everybody whose report was merged into a case: one notice becomes a letter to each, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.complaints import complaint_of
from workflows.domain.actions.engine import Rules
from workflows.domain.actions.merge import reassign_followers
from workflows.domain.complaint.model import WITHDRAWN
from workflows.domain.notifications.details import follower_progress_from
from workflows.domain.notifications.follower_notices import follower_notice
from workflows.domain.notifications.kinds import LAST_FOLLOWER_NEWS
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    NotSent,
    notice_from,
    still_leased,
)
from workflows.merging import merge_root
from workflows.ports import DELETE, Document, Query, Store, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Services, publish_best_effort, save

AT_ONCE = 100
"""So many followers in one transaction, together with the place in the list where the next page begins."""
HANDED_ON_AT_ONCE = 50
"""Of those that are changed themselves, each with a line of its timeline."""


def count_followers(store: Store, ticket: str) -> int:
    """How many follow a case now."""
    return store.count(_of(ticket))


def _of(ticket: str, limit: int = AT_ONCE) -> Query:
    """Who has followed it longest first."""
    return Query(COMPLAINTS, (("parent", "==", ticket),), order_by="received_at", limit=limit)


@dataclass(frozen=True)
class Page:
    """What one transaction wrote: the letters that are due now, and the notice's state afterwards."""

    letters: tuple[str, ...]
    state: str


def tell_followers(ports: Services, notice: Notice) -> str:
    """Write the letters of a claimed notice to followers; its state afterwards.

    It is sent when the last page is written. Cut off anywhere, it is claimed again when its lease has run out and
    goes on where it was; whoever was slower finds that out with the next page, and stops.
    """
    write_page = _hand_on if notice.template in LAST_FOLLOWER_NEWS else _tell
    page = Page((), NoticeState.SENDING)
    while page.state == NoticeState.SENDING:
        page = ports.store.transact(partial(_page, ports, notice, write_page))
        for letter in page.letters:
            publish_best_effort(ports.bus, NOTICE_DUE, {"notice": letter})
    return page.state


WritePage = Callable[[Services, Transaction, Notice, datetime], tuple[list[str], Document]]
"""Writes the next page of a notice: the letters' ids, and what changes on the notice; `state` once it is done."""


def _page(ports: Services, notice: Notice, write_page: WritePage, transaction: Transaction) -> Page:
    now = ports.clock.now()
    document = transaction.get(NOTICES, notice.id)
    if not still_leased(document, notice):
        return Page((), NotSent.NOTHING_TO_DO)
    letters, changes = write_page(ports, transaction, notice_from(notice.id, document), now)
    lease: Document = {"next_try_at": now + ports.policy.mail.lease}
    transaction.update(NOTICES, notice.id, lease | changes)
    return Page(tuple(letters), changes.get("state", NoticeState.SENDING))


def _done(now: datetime) -> Document:
    return {"state": NoticeState.SENT, "sent_at": now, "next_try_at": DELETE}


def _tell(ports: Services, transaction: Transaction, notice: Notice, now: datetime) -> tuple[list[str], Document]:
    """The same news to each, from the present place in the list on."""
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


def _hand_on(
    ports: Services, transaction: Transaction, notice: Notice, now: datetime
) -> tuple[list[str], Document]:
    """What followed a case that is none any more follows another from now on; nothing where it has come back."""
    progress = follower_progress_from(notice.extra)
    heir = merge_root(transaction, progress.heir or notice.ticket)
    if heir and heir.ticket == notice.ticket and heir.state != WITHDRAWN:
        return [], _done(now)
    found = transaction.query(_of(notice.ticket, HANDED_ON_AT_ONCE))
    rules = Rules(ports.policy, ports.directory)
    changes, heir = reassign_followers([complaint_of(each) for each in found], heir, rules, now)
    written = [save(transaction, change, ports.policy, now) for change in changes]
    letters = [letter.id for change in written for letter in change.saved_notices]
    if len(found) < HANDED_ON_AT_ONCE:
        return letters, _done(now)
    return letters, {"extra": notice.extra_with(replace(progress, heir=heir.ticket) if heir else progress)}
