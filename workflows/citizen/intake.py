"""Takes complaints in: the answer comes only after the commit, and the same form sent twice is one complaint. A
complaint's number in another system identifies it for good, together with its words.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.citizen import staged_photos
from workflows.collection_names import REPORTERS, SUBMISSIONS
from workflows.complaints import Complaints
from workflows.domain.complaint.model import RECEIVED, Complaint, Visibility
from workflows.domain.complaint.origin import BY_FORM, Arrival
from workflows.domain.complaint.photo import entry_facts, numbered
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import CITIZEN, EventName, TimelineEvent, Transition, transition
from workflows.domain.intake.spam import flood, skeleton
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.redaction import untagged
from workflows.errors import FormAlreadySent, NumberTaken
from workflows.failures import DocumentExists
from workflows.photos import Stored, forget_unless_named, store_photos
from workflows.ports import Document, Links, Query, Transaction, Where
from workflows.topics import COMPLAINT_RECEIVED
from workflows.unit_of_work import Services, publish_best_effort, save
from workflows.urls import path_by_key


def mark_of(links: Links, arrival: Arrival) -> str:
    """The keyed hash of its number in another system; '' without one."""
    return links.digest("outside", arrival.identity) if arrival.identity else ""


def words_of(links: Links, message: str) -> str:
    """A keyed hash of the text, independent of spacing and case."""
    return links.digest("words", " ".join(untagged(message).casefold().split()))


def known_by(transaction: Transaction, mark: str, words: str) -> Complaint | None:
    """The complaint received under that number before; NumberTaken if that had other words, or none any more."""
    before = transaction.get(SUBMISSIONS, mark) if mark else None
    complaint = Complaints(transaction).get(before["ticket"]) if before else None
    if before is None or complaint is None:
        return None
    if before["body"] != words:
        raise NumberTaken(complaint)
    return complaint


def remember(transaction: Transaction, mark: str, words: str, complaint: Complaint, now: datetime) -> None:
    """Bind that number to this complaint; DocumentExists when another has just been received under it."""
    if mark:
        document = {"ticket": complaint.ticket, "received_at": now, "state": complaint.state}
        transaction.create(SUBMISSIONS, mark, document | {"sender": "", "body": words})


ALONE = "alone"
"""The mark of a complaint that was to follow another one which cannot be followed any more."""
TRIES = 3


@dataclass(frozen=True)
class Envelope:
    """What came with the text: the form's token, the sender (a keyed hash), the suspicion of spam, photos.
    `filled_in`: seconds for which the form was open, None without a form of ours. `kept`: staged photos belong to
    it, too. `alone`: it was to follow a complaint that cannot be followed any more. `arrival`, `received_at`: how
    and when it reached the city, if an operator entered it.
    """

    token: str = ""
    sender: str = ""
    odd: str = ""
    photos: tuple[bytes, ...] = ()
    kept: bool = False
    alone: bool = False
    filled_in: float | None = None
    arrival: Arrival = BY_FORM
    received_at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """What the citizen gets back; `created` is False when this form was received before."""

    ticket: str
    key: str
    state: str
    created: bool

    @property
    def path(self) -> str:
        """The path of the citizen's page."""
        return path_by_key(self.ticket, self.key)


@dataclass(frozen=True)
class TakenIn:
    """The complaint of a form as it is now, its first state, and whether it was created now."""

    complaint: Complaint
    state: str
    created: bool


Begin = Callable[[Transaction, Transition], Transition]
"""A further effect in the transaction that stores a complaint; must read before it writes."""


def submit(
    ports: Services, sent: Submission, envelope: Envelope, begin: Begin = lambda _, change: change
) -> Receipt:
    """Store a complaint, then wake the router. FormAlreadySent when the token came with other words, NumberTaken
    when its number in another system did. Errors of `begin` propagate, and nothing is stored; for a form received
    before it is not called.
    """
    now = ports.clock.now()
    odd = envelope.odd or _over_the_limit(ports, envelope, _alike(ports, sent), now)
    form = ports.links.digest("form", envelope.token) if envelope.token else secrets.token_hex(16)
    taken = _store_once(ports, sent, replace(envelope, odd=odd), form, now, begin)
    complaint = taken.complaint
    if taken.created:
        publish_best_effort(ports.bus, COMPLAINT_RECEIVED, {"ticket": complaint.ticket})
    key = ports.links.citizen_key(complaint.ticket, complaint.key_version)
    return Receipt(complaint.ticket, key, taken.state, taken.created)


def has_come_in(ports: Services, envelope: Envelope) -> bool:
    """Whether a complaint with this form's token, or this number of another system, was received before."""
    form = ports.links.digest("form", envelope.token) if envelope.token else ""
    marks = filter(None, (form, mark_of(ports.links, envelope.arrival)))
    return any(ports.store.get(SUBMISSIONS, mark) is not None for mark in marks)


def _over_the_limit(ports: Services, envelope: Envelope, alike: str, now: datetime) -> str:
    """The mark for a sender over the rate limit; the complaint is stored all the same, for a person to look at."""
    if not envelope.sender:
        return ""
    sender: Where = (("sender", "==", envelope.sender),)
    hour: Where = (("received_at", ">", now - timedelta(hours=1)),)
    before = ports.store.count(Query(SUBMISSIONS, sender + hour, order_by="received_at"))
    if before < ports.policy.senders_per_hour:
        return ""
    same = Query(SUBMISSIONS, (*sender, ("alike", "==", alike), *hour), order_by="received_at")
    return flood(before, ports.store.count(same), envelope.filled_in, ports.policy)


def _forget_at(ports: Services, now: datetime) -> datetime:
    """A day after the form's token expires: a store with TTL may then delete the record."""
    return now + timedelta(hours=ports.policy.form_max_age_hours + 24)


def _alike(ports: Services, sent: Submission) -> str:
    return ports.links.digest("alike", skeleton(sent.message))


def _store_once(
    ports: Services, sent: Submission, envelope: Envelope, form: str, now: datetime, begin: Begin
) -> TakenIn:
    """Store; on a conflict of number or form with a simultaneous request try again, which then finds it."""
    for _ in range(TRIES):
        with suppress(DocumentExists):
            return _store(ports, sent, envelope, form, now, begin)
    return _store(ports, sent, envelope, form, now, begin)


def _store(
    ports: Services, sent: Submission, envelope: Envelope, form: str, now: datetime, begin: Begin
) -> TakenIn:
    ticket, taken = _new_ticket(), None
    photos = _photos(ports, envelope, form, ticket)
    change = received(sent, envelope, ticket, photos, now)
    try:
        taken = _commit(ports, sent, envelope.sender, form, change, begin)
    finally:
        if taken is None or not taken.created:
            forget_unless_named(ports, ticket, photos.photos)
    return taken


def _photos(ports: Services, envelope: Envelope, form: str, ticket: str) -> Stored:
    """Store the photos before the complaint that names them; none for a form received before."""
    if not (envelope.photos or envelope.kept) or ports.store.get(SUBMISSIONS, form) is not None:
        return Stored()
    kept = staged_photos.take(ports, envelope.token, ticket) if envelope.kept else None
    return store_photos(ports, ticket, CITIZEN, envelope.photos, kept)


def _commit(
    ports: Services, sent: Submission, sender: str, form: str, change: Transition, begin: Begin
) -> TakenIn:
    """Store the complaint of this form completely, or nothing."""
    now, mark = change.complaint.noted_at, mark_of(ports.links, change.complaint.arrival)
    ticket, body = change.complaint.ticket, ports.links.digest("body", sent.fingerprint())
    words = words_of(ports.links, sent.message)

    def work(transaction: Transaction) -> TakenIn:
        before = transaction.get(SUBMISSIONS, form)
        if before is not None:
            return TakenIn(_sent_before(transaction, before, body), before.get("state", RECEIVED), False)
        if known := known_by(transaction, mark, words):
            return TakenIn(known, known.state, False)
        if Complaints(transaction).get(ticket) is not None:
            raise DocumentExists(ticket)
        complaint = _create(transaction, begin(transaction, change))
        return TakenIn(complaint, complaint.state, True)

    def _create(transaction: Transaction, change: Transition) -> Complaint:
        document = {"ticket": ticket, "body": body, "received_at": now, "state": change.complaint.state}
        document |= {"sender": sender, "alike": _alike(ports, sent), "forget_at": _forget_at(ports, now)}
        transaction.create(SUBMISSIONS, form, document)
        remember(transaction, mark, words, change.complaint, now)
        if change.complaint.reachable or sent.phone or sent.name:
            transaction.create(REPORTERS, ticket, reporter(sent))
        return save(transaction, change, ports.policy, now).complaint

    return ports.store.transact(work)


def _sent_before(transaction: Transaction, before: Document, body: str) -> Complaint:
    if before["body"] != body:
        raise FormAlreadySent
    complaint = Complaints(transaction).get(before["ticket"])
    if complaint is None:
        raise FormAlreadySent
    return complaint


def received(sent: Submission, envelope: Envelope, ticket: str, photos: Stored, now: datetime) -> Transition:
    """The first transition of a complaint: everything that was sent except the reporter."""
    numbers, at = numbered((), photos.photos), envelope.received_at or now
    complaint = Complaint(
        ticket=ticket,
        text=sent.message,
        received_at=at,
        place=sent.place,
        kelurahan=sent.kelurahan,
        latitude=sent.latitude,
        longitude=sent.longitude,
        kind=sent.kind,
        visibility=Visibility(sent.visibility),
        lang=sent.lang,
        contact=sent.contact,
        reachable=bool(sent.email),
        by_phone=bool(sent.phone) and not sent.email,
        photos=numbers,
        arrival=envelope.arrival,
        quarantine=envelope.odd,
        clock_start=envelope.received_at,
    )
    facts = entry_facts(numbers, photos.left_out) | ({"how": ALONE} if envelope.alone else {})
    return transition(complaint, at, TimelineEvent(EventName.RECEIVED, CITIZEN, facts=facts))


def reporter(sent: Submission) -> Document:
    """The reporter's document, separate from the complaint; a person is found by `email_key` or `phone`."""
    return {
        "name": sent.name,
        "email": sent.email,
        "email_key": sent.email.casefold(),
        "phone": sent.phone,
        "lang": sent.lang,
        "contact": sent.contact,
    }


def _new_ticket() -> str:
    return new_ticket(secrets.token_bytes(8))
