"""Letters to an address that nobody is known to read: a few a day go out, the others wait in their order.

The mark on the link of a citizen's letter: whoever comes with it has read a letter to that address.

It opens nothing and is worth nothing elsewhere: the page is the same with and without it.
"""

from __future__ import annotations

import hmac
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from workflows.collection_names import MAIL_LIMITS, NOTICES, REPORTERS
from workflows.complaints import Complaints
from workflows.domain.complaint.model import Complaint
from workflows.domain.notifications.delivery import Address, address_from
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    reset_retries,
    still_leased,
)
from workflows.failures import Retryable
from workflows.ports import DELETE, Document, Links, Query, Store, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Services, publish_best_effort

OPEN_TAG = "m"
"""Its name in the link's query."""
LENGTH = 16


def open_tag(links: Links, ticket: str, address: str) -> str:
    """A keyed hash of report and address, large or small letters alike."""
    return links.digest("link of a citizen's letter", f"{ticket} {address.casefold()}")[:LENGTH]


def has_open_tag(links: Links, ticket: str, address: str, mark: str) -> bool:
    """Whether a letter about that report to that address bore this mark."""
    return hmac.compare_digest(mark.encode("utf-8", "replace"), open_tag(links, ticket, address).encode())


NEXT_IN_LINE = timedelta(minutes=5)
"""After which a letter looks again whether the one before it has gone."""
AT_ONCE = 100
log = logging.getLogger("laksa")


class Admission(Enum):
    """What becomes of a letter in hand. NOT_OURS: another sender has taken it over, or it is gone."""

    GO = "go"
    WAIT = "wait"
    NOT_OURS = "not ours"


def address_key(links: Links, address: str) -> str:
    """By what an address is known here: a keyed hash, large or small letters alike."""
    return links.digest("mail limit", address.casefold())


def admit(ports: Services, notice: Notice, to: str) -> Admission:
    """Put a claimed letter back in line, or count it as let out. Safe to repeat: what was let out goes again."""
    now, id = ports.clock.now(), address_key(ports.links, to)

    def work(transaction: Transaction) -> Admission:
        address = address_from(transaction.get(MAIL_LIMITS, id))
        if not still_leased(transaction.get(NOTICES, notice.id), notice):
            return Admission.NOT_OURS
        if address.lets_through(notice.id):
            return Admission.GO
        free_at = address.free_at(ports.policy.mail.unread_per_day, now)
        if free_at > now or (address.waits and _stands_behind(transaction, id, notice)):
            until = max(free_at, now + NEXT_IN_LINE)
            transaction.set(MAIL_LIMITS, id, replace(address, waits=True).to_document())
            transaction.update(NOTICES, notice.id, _put_off(notice, id, until))
            return Admission.WAIT
        transaction.set(MAIL_LIMITS, id, address.with_letter(notice.id, now).to_document())
        transaction.update(NOTICES, notice.id, {"line": DELETE})
        return Admission.GO

    return ports.store.transact(work)


def _stands_behind(transaction: Transaction, id: str, notice: Notice) -> bool:
    """Whether an older letter to the same address waits."""
    first = transaction.query(replace(_waiting(id), limit=1))
    return bool(first) and (first[0].data["created_at"], first[0].id) < (notice.created_at, notice.id)


def _waiting(id: str) -> Query:
    return Query(NOTICES, (("line", "==", id),), order_by="created_at", limit=AT_ONCE)


def _put_off(notice: Notice, id: str, until: datetime) -> Document:
    """Its tries begin when it is let out: the days in line are none of them."""
    return reset_retries(notice, until) | {"line": id}


def link_opened(ports: Services, complaint: Complaint, mark: str) -> None:
    """Somebody opened a report's link: with the mark of its letters, their address is read; without, it may be
    whoever filled in the form. No page fails by it."""
    if not mark:
        return
    try:
        email = _email(ports, complaint)
        if has_open_tag(ports.links, complaint.ticket, email, mark):
            _is_read(ports, complaint.ticket, email)
    except Retryable:
        log.warning("opened link not noted")


def letter_answered(ports: Services, ticket: str) -> None:
    """A reply came by the address that only a letter names: it was read, as if its link had been opened."""
    complaint = Complaints(ports.store).get(ticket)
    if complaint is None:
        return
    try:
        _is_read(ports, ticket, _email(ports, complaint))
    except Retryable:
        log.warning("answered letter not noted")


def _email(ports: Services, complaint: Complaint) -> str:
    reporter = ports.store.get(REPORTERS, complaint.ticket) if complaint.reachable else None
    return str(reporter["email"]) if reporter else ""


def _is_read(ports: Services, ticket: str, email: str) -> None:
    id = address_key(ports.links, email)
    address = address_from(ports.store.get(MAIL_LIMITS, id) if email else None)
    if address.opened_at is None and not _has_letter(ports.store, address, ticket):
        return
    if address.opened_at is None:
        ports.store.transact(lambda tx: _note_opened(tx, id, ports.clock.now()))
    if address.waits:
        _let_out(ports, id)


def _has_letter(store: Store, address: Address, ticket: str) -> bool:
    """Whether a mail server took a letter with this report's link, and has not given it back."""
    letters = store.get_many(NOTICES, address.letters_of(ticket))
    return any(letter is not None and letter["state"] == NoticeState.SENT for letter in letters)


def _note_opened(transaction: Transaction, id: str, now: datetime) -> None:
    document = transaction.get(MAIL_LIMITS, id)
    if document is not None:  # it may have been erased just now
        transaction.update(MAIL_LIMITS, id, {"opened_at": document["opened_at"] or now})


def _let_out(ports: Services, id: str) -> None:
    """All that waits is due; cut off anywhere, the next opened link goes on, and so does every letter's alarm."""
    now = ports.clock.now()

    def some(transaction: Transaction) -> list[str]:
        document, letters = transaction.get(MAIL_LIMITS, id), transaction.query(_waiting(id))
        for letter in letters:
            due: Document = {"next_try_at": now} if letter.data["state"] == NoticeState.QUEUED else {}
            transaction.update(NOTICES, letter.id, {"line": DELETE} | due)
        if document is not None and not letters:
            transaction.update(MAIL_LIMITS, id, {"waits": False})
        return [letter.id for letter in letters]

    while letters := ports.store.transact(some):
        for letter in letters:
            publish_best_effort(ports.bus, NOTICE_DUE, {"notice": letter})
