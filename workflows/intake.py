"""Taking a complaint in: answered only after the commit, and the same form sent twice is one complaint."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.domain.change import CITIZEN, Change, Entry, changed
from workflows.domain.complaint import RECEIVED, Complaint, from_document
from workflows.domain.photo import entry_facts, numbered
from workflows.domain.submission import Submission
from workflows.domain.ticket import new_ticket
from workflows.errors import DocumentExists, FormAlreadySent
from workflows.photos import Stored, forget_unless_named, store_photos
from workflows.ports import Document, Query, Transaction
from workflows.runner import COMPLAINTS, REPORTERS, Ports, wake, write
from workflows.topics import COMPLAINT_RECEIVED

SUBMISSIONS = "submissions"
TRIES = 3


@dataclass(frozen=True)
class Envelope:
    """What came with the words: the form's token, who sent it (a keyed hash), what looked odd, photos."""

    token: str = ""
    sender: str = ""
    odd: str = ""
    photos: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What the citizen gets back; `created` is False when this form had come in before."""

    ticket: str
    key: str
    state: str
    created: bool


def submit(ports: Ports, sent: Submission, envelope: Envelope) -> Receipt:
    """Store a complaint, then wake the router. FormAlreadySent when the token came with other words."""
    now = ports.clock.now()
    odd = envelope.odd or _over_the_limit(ports, envelope, now)
    form = ports.links.digest("form", envelope.token) if envelope.token else secrets.token_hex(16)
    complaint, created = _store_once(ports, sent, replace(envelope, odd=odd), form, now)
    if created:
        wake(ports.bus, COMPLAINT_RECEIVED, {"ticket": complaint.ticket})
    key = ports.links.citizen_key(complaint.ticket, complaint.key_version)
    return Receipt(complaint.ticket, key, RECEIVED, created)


def _over_the_limit(ports: Ports, envelope: Envelope, now: datetime) -> str:
    """Over the limit of one address a complaint is kept all the same, for a person to look at."""
    if not envelope.sender:
        return ""
    since = now - timedelta(hours=1)
    hour = Query(
        SUBMISSIONS, (("sender", "==", envelope.sender), ("received_at", ">", since)), order_by="received_at"
    )
    recent = ports.store.count(hour)
    return "too_many" if recent >= ports.policy.senders_per_hour else ""


def _store_once(
    ports: Ports, sent: Submission, envelope: Envelope, form: str, now: datetime
) -> tuple[Complaint, bool]:
    """Again when the number was taken, or the same form came in at the same instant: then it is found."""
    for _ in range(TRIES):
        with suppress(DocumentExists):
            return _store(ports, sent, envelope, form, now)
    return _store(ports, sent, envelope, form, now)


def _store(ports: Ports, sent: Submission, envelope: Envelope, form: str, now: datetime) -> tuple[Complaint, bool]:
    ticket = _new_ticket()
    photos = _photos(ports, envelope, form, ticket)
    change = received(sent, envelope, ticket, photos, now)
    complaint, created = _commit(ports, sent, envelope.sender, form, change)
    if not created:
        forget_unless_named(ports, ticket, photos.photos)
    return complaint, created


def _photos(ports: Ports, envelope: Envelope, form: str, ticket: str) -> Stored:
    """Kept before the complaint that names them; none of a form that has come in before."""
    if not envelope.photos or ports.store.get(SUBMISSIONS, form) is not None:
        return Stored()
    return store_photos(ports, ticket, CITIZEN, envelope.photos)


def _commit(ports: Ports, sent: Submission, sender: str, form: str, change: Change) -> tuple[Complaint, bool]:
    """The complaint of this form and whether it is new; all of it is written, or nothing."""
    now = change.complaint.received_at
    body = ports.links.digest("body", sent.fingerprint())

    def work(transaction: Transaction) -> tuple[Complaint, bool]:
        before = transaction.get(SUBMISSIONS, form)
        if before is not None:
            return _sent_before(transaction, before, body), False
        return _create(transaction, change), True

    def _create(transaction: Transaction, change: Change) -> Complaint:
        ticket = change.complaint.ticket
        if transaction.get(COMPLAINTS, ticket) is not None:
            raise DocumentExists(ticket)
        document = {"ticket": ticket, "body": body, "received_at": now}
        transaction.create(SUBMISSIONS, form, document | {"sender": sender})
        if change.complaint.reachable or sent.phone or sent.name:
            transaction.create(REPORTERS, ticket, reporter(sent))
        return write(transaction, change, ports.policy, now).complaint

    return ports.store.transact(work)


def _sent_before(transaction: Transaction, before: Document, body: str) -> Complaint:
    if before["body"] != body:
        raise FormAlreadySent
    document = transaction.get(COMPLAINTS, before["ticket"])
    if document is None:
        raise FormAlreadySent
    return from_document(document)


def received(sent: Submission, envelope: Envelope, ticket: str, photos: Stored, now: datetime) -> Change:
    """The first change of a complaint's life: everything that was sent but who sent it."""
    numbers = numbered((), photos.photos)
    complaint = Complaint(
        ticket=ticket,
        text=sent.message,
        received_at=now,
        place=sent.place,
        kelurahan=sent.kelurahan,
        latitude=sent.latitude,
        longitude=sent.longitude,
        kind=sent.kind,
        visibility=sent.visibility,
        lang=sent.lang,
        contact=sent.contact,
        reachable=bool(sent.email),
        photos=numbers,
        quarantine=envelope.odd,
    )
    return changed(complaint, now, Entry("received", CITIZEN, facts=entry_facts(numbers, photos.left_out)))


def reporter(sent: Submission) -> Document:
    """Who wrote, as it lies apart from the complaint."""
    return {
        "name": sent.name,
        "email": sent.email,
        "phone": sent.phone,
        "lang": sent.lang,
        "contact": sent.contact,
    }


def _new_ticket() -> str:
    return new_ticket(secrets.token_bytes(8))
