"""Rate limit for addresses that nobody is known to read: a few mails a day go out, the others wait in order. A tag
on the link in a citizen's mail shows that somebody read mail at that address. The tag grants nothing: the page is
the same with and without it.
"""

from __future__ import annotations
import hmac
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from workflows.collection_names import MAIL_LIMITS, NOTICES, REPORTERS
from workflows.domain.complaint.model import Complaint
from workflows.domain.notifications.delivery import Address, address_from
from workflows.domain.notifications.notice import Notice, NoticeState, reset_retries, still_leased
from workflows.failures import Retryable
from workflows.ports import DELETE, Document, Links, Query, Store, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Complaints, Services, publish_best_effort

log = logging.getLogger("laksa")

OPEN_TAG = "m"
"""The name of the tag in the link's query."""
LENGTH = 16


def open_tag(links: Links, ticket: str, address: str) -> str:
    """A keyed hash of ticket and address, independent of case."""
    return links.digest("link of a citizen's letter", f"{ticket} {address.casefold()}")[:LENGTH]


def has_open_tag(links: Links, ticket: str, address: str, mark: str) -> bool:
    """Whether `mark` is the tag of a mail about that complaint to that address."""
    return hmac.compare_digest(mark.encode("utf-8", "replace"), open_tag(links, ticket, address).encode())


NEXT_IN_LINE = timedelta(minutes=5)
"""After this time a waiting notice checks again whether it is next."""
AT_ONCE = 100


class Admission(Enum):
    """The decision on a claimed notice. NOT_OURS: another sender has taken it over, or it is gone."""

    GO = "go"
    WAIT = "wait"
    NOT_OURS = "not ours"


def address_key(links: Links, address: str) -> str:
    """The key of an address in the store: a keyed hash, independent of case."""
    return links.digest("mail limit", address.casefold())


def admit(services: Services, notice: Notice, to: str) -> Admission:
    """Put a claimed notice back in the queue, or count it as sent. Safe to repeat: an admitted notice stays
    admitted.
    """
    now, id = services.clock.now(), address_key(services.links, to)

    def work(transaction: Transaction) -> Admission:
        address = address_from(transaction.get(MAIL_LIMITS, id))
        if not still_leased(transaction.get(NOTICES, notice.id), notice):
            return Admission.NOT_OURS
        if address.admits(notice.id):
            return Admission.GO
        free_at = address.free_at(services.policy.mail.unread_per_day, now)
        if free_at > now or (address.waits and _stands_behind(transaction, id, notice)):
            until = max(free_at, now + NEXT_IN_LINE)
            transaction.set(MAIL_LIMITS, id, replace(address, waits=True).to_document())
            transaction.update(NOTICES, notice.id, _put_off(notice, id, until))
            return Admission.WAIT
        transaction.set(MAIL_LIMITS, id, address.with_letter(notice.id, now).to_document())
        transaction.update(NOTICES, notice.id, {"line": DELETE})
        return Admission.GO

    return services.store.transact(work)


def _stands_behind(transaction: Transaction, id: str, notice: Notice) -> bool:
    """Whether an older notice to the same address waits."""
    first = transaction.query(replace(_waiting(id), limit=1))
    return bool(first) and (first[0].data["created_at"], first[0].id) < (notice.created_at, notice.id)


def _waiting(id: str) -> Query:
    return Query(NOTICES, (("line", "==", id),), order_by="created_at", limit=AT_ONCE)


def _put_off(notice: Notice, id: str, until: datetime) -> Document:
    """The fields of a postponed notice; its retries begin when it is admitted, so waiting does not count."""
    return reset_retries(notice, until) | {"line": id}


def link_opened(services: Services, complaint: Complaint, mark: str) -> None:
    """Somebody opened a complaint's link: with the tag, its address is known to be read; without, it may be the
    person who filled in the form. Never raises.
    """
    if not mark:
        return
    try:
        email = _email(services, complaint)
        if has_open_tag(services.links, complaint.ticket, email, mark):
            _is_read(services, complaint.ticket, email)
    except Retryable:
        log.warning("opened link not noted")


def letter_answered(services: Services, ticket: str) -> None:
    """A reply came to an address that only our mail names: it was read, as if its link had been opened."""
    complaint = Complaints(services.store).get(ticket)
    if complaint is None:
        return
    try:
        _is_read(services, ticket, _email(services, complaint))
    except Retryable:
        log.warning("answered letter not noted")


def _email(services: Services, complaint: Complaint) -> str:
    reporter = services.store.get(REPORTERS, complaint.ticket) if complaint.reach.has_email else None
    return str(reporter["email"]) if reporter else ""


def _is_read(services: Services, ticket: str, email: str) -> None:
    id = address_key(services.links, email)
    address = address_from(services.store.get(MAIL_LIMITS, id) if email else None)
    if address.opened_at is None and not _has_letter(services.store, address, ticket):
        return
    if address.opened_at is None:
        services.store.transact(lambda tx: _note_opened(tx, id, services.clock.now()))
    if address.waits:
        _release_waiting(services, id)


def _has_letter(store: Store, address: Address, ticket: str) -> bool:
    """Whether a mail server accepted a mail with this complaint's link that has not bounced."""
    letters = store.get_many(NOTICES, address.letters_of(ticket))
    return any(letter is not None and letter["state"] == NoticeState.SENT for letter in letters)


def _note_opened(transaction: Transaction, id: str, now: datetime) -> None:
    document = transaction.get(MAIL_LIMITS, id)
    if document is not None:  # it may have been erased meanwhile
        transaction.update(MAIL_LIMITS, id, {"opened_at": document["opened_at"] or now})


def _release_waiting(services: Services, id: str) -> None:
    """Make all waiting notices due; after an interruption the next opened link continues, and so does every
    notice's alarm.
    """
    now = services.clock.now()

    def some(transaction: Transaction) -> list[str]:
        document, letters = transaction.get(MAIL_LIMITS, id), transaction.query(_waiting(id))
        for letter in letters:
            due: Document = {"next_try_at": now} if letter.data["state"] == NoticeState.QUEUED else {}
            transaction.update(NOTICES, letter.id, {"line": DELETE} | due)
        if document is not None and not letters:
            transaction.update(MAIL_LIMITS, id, {"waits": False})
        return [letter.id for letter in letters]

    while letters := services.store.transact(some):
        for letter in letters:
            publish_best_effort(services.bus, NOTICE_DUE, {"notice": letter})
