"""Every place outside the complaint itself that stores its personal data: each is found, counted and emptied
separately.
"""

from __future__ import annotations
from collections.abc import Callable, Iterator
from functools import partial

from workflows.citizen.data_requests import requests_of, rewrite_request
from workflows.collection_names import ACCESSES, INBOUND, MAIL_LIMITS, NOTICES, PROOFS, SUBMISSIONS
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, TimelineEvent
from workflows.domain.documents import read_record
from workflows.domain.notifications.notice import NoticeState
from workflows.domain.privacy.data_request import DataRequest, after_erasure
from workflows.domain.privacy.erasure import without_in_line, without_names
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE
from workflows.frozen import frozen
from workflows.mail.inbound_mail import ARRIVED, KEPT, READ, raw_name
from workflows.mail.rate_limit import address_key
from workflows.ports import DELETE, Document, Found, Query, Store, Transaction
from workflows.privacy.ledger import ErasureContext, Person
from workflows.records.accesses import of_case
from workflows.records.queries import every_found
from workflows.unit_of_work import timeline_of

PAGE = 200
ERASED = "erased"
"""The outcome of a mail that was erased before it was read."""


@frozen
class Target:
    """What is erased from which complaint, and the person whom its words may name. `thorough`: mails that belong
    to no complaint are searched for that person, too. `after_line`: lines of the timeline up to that number are
    empty already.
    """

    complaint: Complaint
    what: str
    person: Person
    thorough: bool = True
    after_line: int = 0

    @property
    def ticket(self) -> str:
        """The complaint's ticket."""
        return self.complaint.ticket


@frozen
class HeldData:
    """One thing that contains personal data, and a function that empties it; safe to repeat."""

    place: str
    clear: Callable[[], object]


def held_data(keepers: ErasureContext, target: Target) -> list[HeldData]:
    """Everything that the erasure has to empty, as of now."""
    return [thing for place in PLACES for thing in place(keepers, target)]


def _is_taken(target: Target, notice: str) -> bool:
    """Whether an erasure includes what belongs to that notice: the citizen's own notices; for a whole complaint
    all, except those that inform its office and its followers of the erasure.
    """
    if target.what != WHOLE:
        return notice.startswith(f"{target.ticket}.") and notice.endswith(f".{CITIZEN}")
    return WHOLE not in target.complaint.erasure.erased or ".withdrawn" not in notice


def _lines(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Texts and officers' names on the timeline."""
    store, timeline = keepers.services.store, timeline_of(target.ticket)
    lines = Query(timeline, (("sequence", ">", target.after_line),), order_by="sequence", limit=PAGE)
    for found in every_found(store, lines):
        entry = read_record(TimelineEvent, found.data)
        after = without_in_line(entry, target.what, target.person.name)
        line = after.to_document()
        if line != entry.to_document():
            yield HeldData("timeline", _replace(store, timeline, found.id, line))


def _photos(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Photos by the ticket in their names, so that one which no complaint names is erased, too."""
    if target.what not in (PHOTOS, WHOLE):
        return
    photos = keepers.services.photos
    for name in photos.names(f"{target.ticket}-"):
        yield HeldData("photos", partial(photos.delete, name))


def _letters(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Caught mails; of mails that were really sent nothing is stored."""
    if target.what == PHOTOS:
        return
    for letter in keepers.letters.about(target.ticket):
        if _is_taken(target, letter.notice) or target.person.is_named_in(letter.words):
            yield HeldData("letters", partial(keepers.letters.delete, letter.name))


def _mails(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Raw mails that answer a notice of the complaint and are unread, or were not understood."""
    if target.what == PHOTOS:
        return
    first, last = f"{target.ticket}.", f"{target.ticket}/"
    answers = Query(INBOUND, (("notice", ">=", first), ("notice", "<", last)), order_by="notice", limit=PAGE)
    for found in every_found(keepers.services.store, answers):
        if _is_taken(target, found.data["notice"]) and _is_there(keepers, found):
            yield HeldData("mails", _forget_mail(keepers, found.id))
    if target.thorough:
        yield from _stray_mails(keepers, target)


def _stray_mails(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Mails that belong to no complaint but come from this person or name this complaint."""
    kept = Query(INBOUND, (("state", "==", KEPT),), order_by="came_at", limit=PAGE)
    for found in every_found(keepers.services.store, kept):
        raw = keepers.services.photos.get(raw_name(found.id))
        words = raw[0].decode("utf-8", "replace") if raw else ""
        if target.ticket in words or target.person.wrote(words):
            yield HeldData("mails", _forget_mail(keepers, found.id))


def _is_there(keepers: ErasureContext, found: Found) -> bool:
    return found.data["state"] == ARRIVED or keepers.services.photos.get(raw_name(found.id)) is not None


def _forget_mail(keepers: ErasureContext, id: str) -> Callable[[], object]:
    gone: Document = {"state": READ, "outcome": ERASED, "next_try_at": DELETE}

    def clear() -> None:
        keepers.services.store.transact(lambda tx: tx.update(INBOUND, id, gone))
        keepers.services.photos.delete(raw_name(id))

    return clear


def _notices(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Bounce texts, message ids, rate-limit keys and phone tasks in the complaint's notices."""
    if target.what == PHOTOS:
        return
    letters = Query(NOTICES, (("ticket", "==", target.ticket),), order_by="created_at", limit=PAGE)
    for found in every_found(keepers.services.store, letters):
        if _is_taken(target, found.id) and _silenced(found.data):
            yield HeldData("notices", _update_in_transaction(keepers.services.store, NOTICES, found.id, _silenced))


def _silenced(letter: Document) -> Document:
    """The fields to change on a notice; {} when it has no personal data. A phone task that was completed meanwhile
    stays so.
    """
    said = any(letter.get(name) for name in ("server_id", "last_error", "line"))
    untold: Document = {"state": NoticeState.DROPPED} if letter["state"] == NoticeState.PHONE_PENDING else {}
    silent: Document = {"server_id": "", "last_error": "", "line": DELETE}
    return silent | untold if said or untold else {}


def _submissions(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """The keyed hashes of the sender's network address and of the form; the record that it was submitted stays."""
    if target.what == PHOTOS:
        return
    forms = Query(SUBMISSIONS, (("ticket", "==", target.ticket),), limit=PAGE)
    for found in every_found(keepers.services.store, forms):
        if found.data["sender"] or found.data["body"]:
            blank: Document = {"sender": "", "body": "", "alike": ""}
            yield HeldData("submissions", _update(keepers.services.store, SUBMISSIONS, found.id, blank))


def _mail_limits(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """The rate limit of the address's keyed hash; for another complaint of that person it starts again."""
    if target.what == PHOTOS or not target.person.email:
        return
    store, id = keepers.services.store, address_key(keepers.services.links, target.person.email)
    if store.get(MAIL_LIMITS, id) is not None:
        yield HeldData("mail_limits", lambda: store.transact(lambda tx: tx.delete(MAIL_LIMITS, id)))


def _proofs(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """The fingerprints of this complaint's photos in the lists of the departments that have had it."""
    if target.what not in (PHOTOS, WHOLE):
        return
    for opd in dict.fromkeys((target.complaint.opd, *(each.opd for each in target.complaint.previous_assignments))):
        document = keepers.services.store.get(PROOFS, opd) if opd else None
        if any(photo["ticket"] == target.ticket for photo in (document or {}).get("photos", ())):
            yield HeldData("proofs", _forget_proofs(keepers.services.store, str(opd), target.ticket))


def _forget_proofs(store: Store, opd: str, ticket: str) -> Callable[[], object]:
    def work(transaction: Transaction) -> None:
        known = transaction.get(PROOFS, opd) or {}
        others = [photo for photo in known.get("photos", ()) if photo["ticket"] != ticket]
        transaction.set(PROOFS, opd, known | {"photos": others})

    return lambda: store.transact(work)


def _data_requests(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """The texts of requests about own data; a request for erasure is completed by this one."""
    if target.what == PHOTOS:
        return
    store, now = keepers.services.store, keepers.services.clock.now()

    def emptied(request: DataRequest) -> DataRequest:
        words = without_names(request.message, target.person.name)
        return after_erasure(request, target.what == WHOLE, words, now)

    for request in requests_of(store, target.ticket):
        if emptied(request) != request:
            yield HeldData("data_requests", partial(rewrite_request, store, request.id, emptied))


def _accesses(keepers: ErasureContext, target: Target) -> Iterator[HeldData]:
    """Access records. They live as long as the policy keeps the reporter, also if an open complaint lost its
    reporter on request; those of an ended complaint are erased with it, since nothing later is scheduled.
    """
    last = not target.thorough or target.complaint.erasure.ended_at is not None
    if target.what == WHOLE or (target.what == CONTACT and last):
        for found in every_found(keepers.services.store, of_case(target.ticket)):
            yield HeldData("accesses", _delete(keepers.services.store, ACCESSES, found.id))


def _delete(store: Store, collection: str, id: str) -> Callable[[], object]:
    return lambda: store.transact(lambda tx: tx.delete(collection, id))


def _update_in_transaction(
    store: Store, collection: str, id: str, decide: Callable[[Document], Document]
) -> Callable[[], object]:
    """Change a document by a function of its present content, in a transaction."""

    def work(transaction: Transaction) -> None:
        document = transaction.get(collection, id)
        if changes := decide(document) if document else {}:
            transaction.update(collection, id, changes)

    return lambda: store.transact(work)


def _replace(store: Store, collection: str, id: str, document: Document) -> Callable[[], object]:
    return lambda: store.transact(lambda tx: tx.set(collection, id, document))


def _update(store: Store, collection: str, id: str, changes: Document) -> Callable[[], object]:
    return lambda: store.transact(lambda tx: tx.update(collection, id, changes))


PLACES = (
    *(_lines, _photos, _letters, _mails, _notices, _submissions, _mail_limits, _proofs),
    *(_data_requests, _accesses),
)
