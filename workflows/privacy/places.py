"""Every place beside the case itself where personal data of it lies: found, counted, and emptied one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from workflows.domain.change import CITIZEN, entry_from
from workflows.domain.complaint import Complaint
from workflows.domain.erasure import without_in_line
from workflows.domain.retention import PHOTOS, WHOLE
from workflows.inbound_mail import ARRIVED, KEPT, READ, raw_name
from workflows.intake import SUBMISSIONS
from workflows.ports import DELETE, Document, Found, Query, Store, Transaction
from workflows.privacy.keepers import Keepers, Person
from workflows.proofs import PROOFS
from workflows.runner import INBOUND, NOTICES, timeline_of

PAGE = 200
ERASED = "erased"
"""What came of a mail that was erased before it was read."""


@dataclass(frozen=True)
class Target:
    """What is to be taken from which case, and whom its words may name.

    thorough: mails that belong to no case are looked through for that person, too.
    """

    complaint: Complaint
    what: str
    person: Person
    thorough: bool = True

    @property
    def ticket(self) -> str:
        """The case's number."""
        return self.complaint.ticket


@dataclass(frozen=True)
class Held:
    """One thing that holds personal data, and how it is emptied; doing so twice does no harm."""

    place: str
    clear: Callable[[], object]


def held(keepers: Keepers, target: Target) -> list[Held]:
    """Everything that the erasure has to empty, as it is at this moment."""
    return [thing for place in PLACES for thing in place(keepers, target)]


def _is_taken(target: Target, notice: str) -> bool:
    """Whether an erasure takes what belongs to that letter: the citizen's own; of a whole case every one but those
    which tell its office and its followers that there is nothing left."""
    if target.what != WHOLE:
        return notice.startswith(f"{target.ticket}.") and notice.endswith(f".{CITIZEN}")
    return WHOLE not in target.complaint.erased or ".withdrawn" not in notice


def _lines(keepers: Keepers, target: Target) -> Iterator[Held]:
    """What was said on the timeline, and by which officer."""
    store, timeline = keepers.ports.store, timeline_of(target.ticket)
    for found in _every(store, Query(timeline, order_by="sequence", limit=PAGE)):
        entry = entry_from(found.data)
        after = without_in_line(entry, target.what, target.person.name)
        if after != entry:
            yield Held("timeline", _update(store, timeline, found.id, after.to_document()))


def _photos(keepers: Keepers, target: Target) -> Iterator[Held]:
    """By the ticket that their names begin with, so that one which no case names goes, too."""
    if target.what not in (PHOTOS, WHOLE):
        return
    photos = keepers.ports.photos
    for name in photos.names(f"{target.ticket}-"):
        yield Held("photos", partial(photos.delete, name))


def _letters(keepers: Keepers, target: Target) -> Iterator[Held]:
    """Of letters that really went out nothing is kept; those that were caught lie here."""
    if target.what == PHOTOS:
        return
    for letter in keepers.letters.about(target.ticket):
        if _is_taken(target, letter.notice) or target.person.is_named_in(letter.words):
            yield Held("letters", partial(keepers.letters.delete, letter.name))


def _mails(keepers: Keepers, target: Target) -> Iterator[Held]:
    """Raw mails that answer a letter of the case and are not read yet, or were never understood."""
    if target.what == PHOTOS:
        return
    first, last = f"{target.ticket}.", f"{target.ticket}/"
    answers = Query(INBOUND, (("notice", ">=", first), ("notice", "<", last)), order_by="notice", limit=PAGE)
    for found in _every(keepers.ports.store, answers):
        if _is_taken(target, found.data["notice"]) and _is_there(keepers, found):
            yield Held("mails", _forget_mail(keepers, found.id))
    if target.thorough:
        yield from _stray_mails(keepers, target)


def _stray_mails(keepers: Keepers, target: Target) -> Iterator[Held]:
    """Mails that could not be put to a case, where they come from this person or name this case."""
    kept = Query(INBOUND, (("state", "==", KEPT),), order_by="came_at", limit=PAGE)
    for found in _every(keepers.ports.store, kept):
        raw = keepers.ports.photos.get(raw_name(found.id))
        words = raw[0].decode("utf-8", "replace") if raw else ""
        if target.ticket in words or target.person.wrote(words):
            yield Held("mails", _forget_mail(keepers, found.id))


def _is_there(keepers: Keepers, found: Found) -> bool:
    return found.data["state"] == ARRIVED or keepers.ports.photos.get(raw_name(found.id)) is not None


def _forget_mail(keepers: Keepers, id: str) -> Callable[[], object]:
    gone: Document = {"state": READ, "outcome": ERASED, "next_try_at": DELETE}

    def clear() -> None:
        keepers.ports.store.transact(lambda tx: tx.update(INBOUND, id, gone))
        keepers.ports.photos.delete(raw_name(id))

    return clear


def _notices(keepers: Keepers, target: Target) -> Iterator[Held]:
    """What mail servers said of a letter, and the id under which one took it: it leads to an address there."""
    if target.what == PHOTOS:
        return
    letters = Query(NOTICES, (("ticket", "==", target.ticket),), order_by="created_at", limit=PAGE)
    for found in _every(keepers.ports.store, letters):
        said = found.data.get("server_id") or found.data.get("last_error")
        if said and _is_taken(target, found.id):
            silent: Document = {"server_id": "", "last_error": ""}
            yield Held("notices", _update(keepers.ports.store, NOTICES, found.id, silent))


def _submissions(keepers: Keepers, target: Target) -> Iterator[Held]:
    """The keyed hashes of the sender's network address and of the form; the mark that it came in stays."""
    if target.what == PHOTOS:
        return
    forms = Query(SUBMISSIONS, (("ticket", "==", target.ticket),), limit=PAGE)
    for found in _every(keepers.ports.store, forms):
        if found.data["sender"] or found.data["body"]:
            blank: Document = {"sender": "", "body": ""}
            yield Held("submissions", _update(keepers.ports.store, SUBMISSIONS, found.id, blank))


def _proofs(keepers: Keepers, target: Target) -> Iterator[Held]:
    """The fingerprints of this case's photos among those of the departments that have had it."""
    if target.what not in (PHOTOS, WHOLE):
        return
    for opd in dict.fromkeys((target.complaint.opd, *(hand["opd"] for hand in target.complaint.past_hands))):
        document = keepers.ports.store.get(PROOFS, opd) if opd else None
        if any(photo["ticket"] == target.ticket for photo in (document or {}).get("photos", ())):
            yield Held("proofs", _forget_proofs(keepers.ports.store, str(opd), target.ticket))


def _forget_proofs(store: Store, opd: str, ticket: str) -> Callable[[], object]:
    def work(transaction: Transaction) -> None:
        photos = (transaction.get(PROOFS, opd) or {}).get("photos", [])
        transaction.set(PROOFS, opd, {"photos": [photo for photo in photos if photo["ticket"] != ticket]})

    return lambda: store.transact(work)


def _update(store: Store, collection: str, id: str, changes: Document) -> Callable[[], object]:
    return lambda: store.transact(lambda tx: tx.update(collection, id, changes))


def _every(store: Store, query: Query) -> Iterator[Found]:
    """All that a query finds, page by page."""
    while page := store.query(query):
        yield from page
        last = page[-1]
        query = replace(query, after=(last.data[query.order_by] if query.order_by else None, last.id))


PLACES = (_lines, _photos, _letters, _mails, _notices, _submissions, _proofs)
