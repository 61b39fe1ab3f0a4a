"""Takes complaints in: the answer comes only after the commit, and the same form sent twice is one complaint. A
complaint's number in another system identifies it for good, together with its words.
"""

from __future__ import annotations
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.citizen import staged_photos
from workflows.collection_names import REPORTERS, SUBMISSIONS
from workflows.domain.complaint.model import Complaint, State, Visibility, new_complaint
from workflows.domain.complaint.records import BY_FORM, Arrival, entry_facts, numbered
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import CITIZEN, EventName, TimelineEvent, Transition, transition
from workflows.domain.deadlines.policy import Policy
from workflows.domain.intake.spam import flood, skeleton
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.redaction import untagged
from workflows.errors import FormAlreadySent, NumberTaken
from workflows.failures import DocumentExists
from workflows.frozen import frozen
from workflows.photos import Stored, forget_unless_named, store_photos
from workflows.ports import Document, Links, Query, Transaction, Where
from workflows.topics import COMPLAINT_RECEIVED
from workflows.unit_of_work import Complaints, Services, publish_best_effort, save
from workflows.urls import path_by_key


def hash_of_reference(links: Links, arrival: Arrival) -> str:
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
"""How a report was taken in that was to follow another, which could not be followed any more."""
MAX_CONFLICTS = 3
"""Conflicts after which one more is raised: a ticket that is taken, the same form at the same instant."""


@frozen
class SubmissionMeta:
    """What came with the words: the form's token, who sent it (a keyed hash), why it may be
    spam, photos.

    filled_in: for how many seconds the form was open, None where none of ours was.
    kept: photos that were kept when this form came back belong to it, too. alone: it was to follow another report,
    which cannot be followed any more. arrival, received_at: how and when it reached the city, where an operator
    writes it down.
    """

    token: str = ""
    sender: str = ""
    spam_reason: str = ""
    photos: tuple[bytes, ...] = ()
    kept: bool = False
    alone: bool = False
    filled_in: float | None = None
    arrival: Arrival = BY_FORM
    received_at: datetime | None = None


@frozen
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


@frozen
class IntakeResult:
    """A form's complaint as it stands, the state in which its life began, and whether that was now."""

    complaint: Complaint
    state: str
    created: bool


OnCreate = Callable[[Transaction, Transition], Transition]
"""In the transaction that stores a complaint, what else happens to it at once; reads before it writes."""


@frozen
class _Keys:
    """Keyed hashes by which a repeat is known.

    form: of the form's token, the idempotency key. number: of the number in another system, empty without one.
    body: of everything that was sent. words: of the message. alike: of its words alone.
    """

    form: str
    number: str
    body: str
    words: str
    alike: str


def submit(
    services: Services, sent: Submission, meta: SubmissionMeta, on_create: OnCreate = lambda _, change: change
) -> Receipt:
    """Store a complaint, then wake the router. FormAlreadySent when the token came with other words, NumberTaken
    when its number in another system did.

    What `on_create` raises goes through, and nothing was stored; it is not called for a form that came in before.
    """
    now, keys = services.clock.now(), _keys_of(services.links, sent, meta)
    meta = replace(meta, spam_reason=meta.spam_reason or _over_the_limit(services, meta, keys.alike, now))
    for _ in range(MAX_CONFLICTS):
        with suppress(DocumentExists):
            result = _find_or_store(services, sent, meta, keys, now, on_create)
            break
    else:
        result = _find_or_store(services, sent, meta, keys, now, on_create)
    complaint = result.complaint
    if result.created:
        publish_best_effort(services.bus, COMPLAINT_RECEIVED, {"ticket": complaint.ticket})
    key = services.links.citizen_key(complaint.ticket, complaint.key_version)
    return Receipt(complaint.ticket, key, result.state, result.created)


def has_come_in(services: Services, meta: SubmissionMeta) -> bool:
    """Whether a complaint was sent with this form's token, or under this number of another system, before."""
    form = services.links.digest("form", meta.token) if meta.token else ""
    marks = filter(None, (form, hash_of_reference(services.links, meta.arrival)))
    return any(services.store.get(SUBMISSIONS, mark) is not None for mark in marks)


def _keys_of(links: Links, sent: Submission, meta: SubmissionMeta) -> _Keys:
    return _Keys(
        form=links.digest("form", meta.token) if meta.token else secrets.token_hex(16),
        number=hash_of_reference(links, meta.arrival),
        body=links.digest("body", sent.fingerprint()),
        words=words_of(links, sent.message),
        alike=links.digest("alike", skeleton(sent.message)),
    )


def _over_the_limit(services: Services, meta: SubmissionMeta, alike: str, now: datetime) -> str:
    """Over the limit of one address a complaint is kept all the same, for a person to look at."""
    if not meta.sender:
        return ""
    sender: Where = (("sender", "==", meta.sender),)
    hour: Where = (("received_at", ">", now - timedelta(hours=1)),)
    before = services.store.count(Query(SUBMISSIONS, sender + hour, order_by="received_at"))
    if before < services.policy.senders_per_hour:
        return ""
    same = Query(SUBMISSIONS, (*sender, ("alike", "==", alike), *hour), order_by="received_at")
    return flood(before, services.store.count(same), meta.filled_in, services.policy)


def _find_or_store(
    services: Services, sent: Submission, meta: SubmissionMeta, keys: _Keys, now: datetime, on_create: OnCreate
) -> IntakeResult:
    """The complaint of this form: as it was stored before, or new, with its photos; all of it, or nothing.

    DocumentExists when the ticket was taken, or the same form came in at the same instant: the next try finds it.
    """
    ticket, result = new_ticket(secrets.token_bytes(8)), None
    photos = _store_photos(services, meta, keys.form, ticket)
    first = received(sent, meta, ticket, photos, now)

    def work(transaction: Transaction) -> IntakeResult:
        if found := _find(transaction, keys):
            return found
        if Complaints(transaction).get(ticket) is not None:
            raise DocumentExists(ticket)
        change = on_create(transaction, first)
        _create_submission(transaction, services.policy, meta.sender, keys, change.complaint)
        if change.complaint.reach.has_email or sent.phone or sent.name:
            transaction.create(REPORTERS, ticket, reporter(sent))
        complaint = save(transaction, change, services.policy, first.complaint.noted_at).complaint
        return IntakeResult(complaint, complaint.state, True)

    try:
        result = services.store.transact(work)
    finally:
        if result is None or not result.created:
            forget_unless_named(services, ticket, photos.photos)
    return result


def _store_photos(services: Services, meta: SubmissionMeta, form: str, ticket: str) -> Stored:
    """Kept before the complaint that names them; none of a form that has come in before."""
    if not (meta.photos or meta.kept) or services.store.get(SUBMISSIONS, form) is not None:
        return Stored()
    kept = staged_photos.take(services, meta.token, ticket) if meta.kept else None
    return store_photos(services, ticket, CITIZEN, meta.photos, kept)


def _find(transaction: Transaction, keys: _Keys) -> IntakeResult | None:
    """What came in with this form's token, or under this number, before; FormAlreadySent, NumberTaken."""
    before = transaction.get(SUBMISSIONS, keys.form)
    if before is not None:
        complaint = Complaints(transaction).get(before["ticket"])
        if before["body"] != keys.body or complaint is None:
            raise FormAlreadySent
        return IntakeResult(complaint, before.get("state", State.RECEIVED), False)
    known = known_by(transaction, keys.number, keys.words)
    return IntakeResult(known, known.state, False) if known else None


def _create_submission(
    transaction: Transaction, policy: Policy, sender: str, keys: _Keys, complaint: Complaint
) -> None:
    """What later repeats are known by. forget_at: a day after the form could last be sent."""
    now = complaint.noted_at
    forget_at = now + timedelta(hours=policy.form_max_age_hours + 24)
    document = {"ticket": complaint.ticket, "body": keys.body, "received_at": now, "state": complaint.state}
    document |= {"sender": sender, "alike": keys.alike, "forget_at": forget_at}
    transaction.create(SUBMISSIONS, keys.form, document)
    remember(transaction, keys.number, keys.words, complaint, now)


def received(sent: Submission, meta: SubmissionMeta, ticket: str, photos: Stored, now: datetime) -> Transition:
    """The first change of a complaint's life: everything that was sent but who sent it."""
    numbers, at = numbered((), photos.photos), meta.received_at or now
    complaint = new_complaint(
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
        consent=sent.contact,
        has_email=bool(sent.email),
        phone_only=bool(sent.phone) and not sent.email,
        photos=numbers,
        arrival=meta.arrival,
        quarantine=meta.spam_reason,
        clock_start=meta.received_at,
    )
    facts = entry_facts(numbers, photos.left_out) | ({"how": ALONE} if meta.alone else {})
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
