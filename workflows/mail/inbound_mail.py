"""Incoming mail: stored before anything else, read once, then deleted. Of a reply, files become photos, and the
complaint's state decides what the words are.
"""

from __future__ import annotations
import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from workflows.collection_names import INBOUND, NOTICES, REPORTERS
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.transition import CITIZEN, UNIT
from workflows.domain.directory import Directory
from workflows.domain.intake.submission import readable
from workflows.domain.notifications.inbound_reply import MailReply, citizen_reply, obstacle, office_reply
from workflows.domain.notifications.notice import Notice, notice_from
from workflows.domain.privacy.redaction import without_reporter_name
from workflows.errors import Forbidden
from workflows.failures import Retryable, UnknownComplaint
from workflows.inbound.headers import BOUNCE, FALLBACK_BOUNCE, REPLY
from workflows.inbound.parts import Attachment
from workflows.inbound.reading import AUTO_REPLY, UNKNOWN, Head, Inbound, read_head, read_inbound
from workflows.inbound.reading import BOUNCE as IS_BOUNCE
from workflows.inbound.reading import REPLY as IS_REPLY
from workflows.mail.bounces import came_back
from workflows.mail.rate_limit import letter_answered
from workflows.photos import Stored, forget_unless_named, store_photos
from workflows.ports import DELETE, Document, Transaction
from workflows.topics import MAIL_ARRIVED, NOTICE_DUE
from workflows.unit_of_work import Complaints, SavedTransition, Services, publish_best_effort, publish_notices, save

NO_CASE, HEARD = "no_case", "heard"
MAX_LEFT_OUT = 20
"""Files that are named singly in a timeline event; further ones are only counted."""
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def prepare_reply(services: Services, notice: Notice, mail: Inbound) -> MailReply:
    """The reply in a mail to that notice, with its photos stored; no photos when the complaint accepts no reply
    now.
    """
    complaint = Complaints(services.store).get(notice.ticket)
    if complaint is None or obstacle(complaint, notice):
        return MailReply(notice, mail.words)
    pictures = [n for n, file in enumerate(mail.attachments) if _is_picture(file)]
    stored = store_photos(services, notice.ticket, notice.role, [mail.attachments[n].data for n in pictures])
    words, name = mail.words, mail.sender if readable(mail.sender) else ""
    if notice.role == CITIZEN:
        reporter = services.store.get(REPORTERS, notice.ticket) or {}
        words, name = without_reporter_name(words, str(reporter.get("name") or "")), ""
    left_out = _left_out(mail.attachments, pictures, stored)
    more = max(0, len(left_out) - MAX_LEFT_OUT)
    foreign = notice.role != CITIZEN and mail.address not in _addresses(services.directory, complaint.opd or "", notice)
    return MailReply(notice, words, name, stored.photos, left_out[:MAX_LEFT_OUT], more, foreign)


def _addresses(directory: Directory, opd: str, notice: Notice) -> set[str]:
    """The addresses to which mail for the offices of the complaint goes."""
    office = directory.get(opd)
    known = [office.mailbox, office.head_mailbox, office.fallback_mailbox] if office else []
    unit = directory.unit(notice.to) if notice.role == UNIT else None
    return {address.casefold() for address in [*known, *([unit.mailbox] if unit else [])] if address}


def take_reply(
    services: Services, transaction: Transaction, reply: MailReply, now: datetime
) -> tuple[str, SavedTransition | None]:
    """In the caller's transaction: (outcome, saved transition). The outcome is the event of the transition; HEARD:
    nothing but the fact that the citizen receives mail. Without a transition it is the reason: REPEAT or TOLD of
    domain/notifications/inbound_reply, or NO_CASE.
    """
    complaint = Complaints(transaction).get(reply.notice.ticket)
    if complaint is None:
        return NO_CASE, None
    if reply.notice.role == CITIZEN:
        outcome = citizen_reply(complaint, reply, Rules(services.policy, services.directory), now)
    else:
        outcome = office_reply(complaint, reply, now)
    if isinstance(outcome, str):
        return outcome, None
    event = outcome.entries[-1].event if outcome.entries else HEARD
    return event, save(transaction, outcome, services.policy, now)


def _is_picture(file: Attachment) -> bool:
    return file.content_type.startswith("image/") or file.name.lower().endswith(_PICTURES)


def _left_out(files: Sequence[Attachment], pictures: Sequence[int], stored: Stored) -> tuple[Document, ...]:
    """Every file that is not kept: its number in the mail, the reason's code and its name."""
    why = {pictures[photo.n - 1]: photo.why for photo in stored.left_out}
    why |= {n: "not_a_photo" for n in range(len(files)) if n not in pictures}
    return tuple({"n": n + 1, "why": why[n], "name": files[n].name} for n in sorted(why))


ARRIVED, READ, KEPT = "arrived", "read", "kept"
"""arrived: to be read; read: finished, bytes deleted; kept: no result, deleted when the policy says so."""

RAW = "message/rfc822"
MAX_TRIES = 8
MAX_REPLIES = 5
"""The most notices that one mail can answer."""
NOTHING, LOST, UNREADABLE, OLD_BOUNCE = "nothing to do", "lost", "unreadable", "old_bounce"
log = logging.getLogger("laksa")

Work = Callable[[Transaction, datetime], tuple[str, SavedTransition | None]]
"""The work of a mail, in one transaction with its own end: (outcome, saved transition of a complaint)."""


def raw_name(id: str) -> str:
    """The name of its bytes among the photos until it is read."""
    return f"surat-{id}.eml"


def take_in(services: Services, raw: bytes) -> str:
    """Store a raw mail, wake its reader and return its id. The same mail again (by Message-ID or bytes) has the
    same id. A mail to several notices is stored once per notice and read separately; the id is that of the first.
    One without a result is read again. A Retryable when it could not be stored; once this returns, it is safe.
    """
    head = read_head(raw)
    name = head.message_id or hashlib.sha256(raw).hexdigest()
    ids = [_stored(services, raw, name, *letter) for letter in _letters(services, head) or [("", "")]]
    return ids[0]


def _stored(services: Services, raw: bytes, name: str, purpose: str, letter: str) -> str:
    id = services.links.digest("inbound", "\0".join(filter(None, (name, purpose, letter))))
    if _is_done_with(services.store.get(INBOUND, id)):
        return id
    services.photos.put(raw_name(id), raw, RAW)
    now = services.clock.now()
    came: Document = {"state": ARRIVED, "came_at": now, "size": len(raw), "attempts": 0, "next_try_at": now}
    came |= {"purpose": purpose, "notice": letter}

    def work(transaction: Transaction) -> bool:
        known = transaction.get(INBOUND, id)
        if known is None:
            transaction.set(INBOUND, id, came)
        elif not _is_done_with(known):  # fields of a newer release stay
            transaction.update(INBOUND, id, came | {"outcome": DELETE, "read_at": DELETE})
        return known is not None and known["state"] == READ

    if services.store.transact(work):
        _forget(services, id)  # it came twice at once, and the other copy is read already
    publish_best_effort(services.bus, MAIL_ARRIVED, {"mail": id})
    return id


def _is_done_with(known: Document | None) -> bool:
    """Whether it is read, or about to be."""
    return known is not None and known["state"] != KEPT


def collect_mail(services: Services, fetch: Callable[[Callable[[bytes], object]], int]) -> int:
    """Take in the mails of a mailbox and return their number. `fetch` calls back for each mail, and marks it once
    the call returns. Errors are only logged: a sweep has other work.
    """
    try:
        return fetch(lambda raw: take_in(services, raw))
    except Exception as error:
        level = logging.WARNING if isinstance(error, Retryable) else logging.ERROR
        log.log(level, "mailbox not read", extra={"error": type(error).__name__})
        return 0


def read_inbound_mail(services: Services, domain: str, id: str) -> str:
    """Read one mail, carry out its effect and return the outcome. Idempotent, also when it runs late or twice at
    once.
    """
    state = _claim(services, id)
    if state == ARRIVED:
        return _read(services, domain, id)
    if state in (READ, KEPT):
        _forget(services, id)
    return NOTHING


def _claim(services: Services, id: str) -> str:
    """The state of a mail whose alarm is due, with its next try postponed; '' when it is not due."""
    now = services.clock.now()

    def work(transaction: Transaction) -> str:
        document = transaction.get(INBOUND, id)
        if document is None:
            raise UnknownComplaint(id)
        alarm = document.get("next_try_at")
        if alarm is None or alarm > now:
            return ""
        if document["state"] != ARRIVED:
            return str(document["state"])
        transaction.update(INBOUND, id, _put_off(services, document, now))
        return ARRIVED if document["attempts"] < MAX_TRIES else ""

    return services.store.transact(work)


def _put_off(services: Services, document: Document, now: datetime) -> Document:
    attempts = document["attempts"] + 1
    if attempts <= MAX_TRIES:
        return {"attempts": attempts, "next_try_at": now + services.policy.mail.pause_after(attempts)}
    log.error("mail cannot be read", extra={"attempts": MAX_TRIES})
    return {"state": KEPT, "outcome": UNREADABLE, "next_try_at": now + services.policy.retention.raw_mail}


def _read(services: Services, domain: str, id: str) -> str:
    stored = services.photos.get(raw_name(id))
    if stored is None:
        return _recorded(services, id, "", LOST)
    purpose, letter = _letter(services, id, read_head(stored[0]))
    if not letter:
        return _recorded(services, id, "", UNKNOWN)
    mail = read_inbound(stored[0], domain)
    if mail.kind == IS_BOUNCE and purpose != REPLY:
        return _bounce(services, id, letter, mail.why, behind=purpose == FALLBACK_BOUNCE)
    if mail.kind == IS_REPLY and purpose == REPLY:
        return _reply(services, id, letter, mail)
    kind = AUTO_REPLY if mail.kind in (IS_BOUNCE, IS_REPLY) else mail.kind
    return _recorded(services, id, letter, kind)


def _letter(services: Services, id: str, head: Head) -> tuple[str, str]:
    """(purpose, notice id) that the mail is for, by its signed addresses; ('', '') without."""
    known, letters = services.store.get(INBOUND, id) or {}, _letters(services, head)
    noted = (str(known.get("purpose", "")), str(known.get("notice", "")))
    return noted if noted in letters else next(iter(letters), ("", ""))


def _letters(services: Services, head: Head) -> list[tuple[str, str]]:
    """(purpose, notice id) of every address with our signature, at most MAX_REPLIES; only bounces if there are
    any. Of several notices to one office about one complaint the newest counts, since there is only one draft.
    """
    ways = [(purpose, key) for key in head.bounce_keys for purpose in (BOUNCE, FALLBACK_BOUNCE)]
    found = list(_genuine(services, ways)) or list(_genuine(services, [(REPLY, key) for key in head.reply_keys]))
    newest = {_reader(letter): (purpose, letter) for purpose, letter in sorted(found, key=_number)}
    return [way for way in dict.fromkeys(found) if way in newest.values()][:MAX_REPLIES]


def _genuine(services: Services, ways: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for purpose, key in ways:
        with suppress(Forbidden):
            yield purpose, services.links.read_mail_key(purpose, key)


def _reader(letter: str) -> str:
    """The recipient and subject of a notice: `ticket.number.template.role` without what differs between such
    notices.
    """
    parts = letter.split(".")
    return f"{parts[0]}.{parts[-1]}" if letter.startswith("LKS-") else letter


def _number(way: tuple[str, str]) -> int:
    number = way[1].split(".")[1:2]
    return int(number[0]) if number and number[0].isdecimal() else 0


def _bounce(services: Services, id: str, letter: str, cause: str, behind: bool) -> str:
    def work(transaction: Transaction, now: datetime) -> tuple[str, SavedTransition | None]:
        counted, change = came_back(services, transaction, letter, cause, behind, now)
        return IS_BOUNCE if counted else OLD_BOUNCE, change

    outcome = _end(services, id, letter, work)
    if outcome == IS_BOUNCE:
        publish_best_effort(services.bus, NOTICE_DUE, {"notice": letter})  # there may be a fallback mailbox
    return outcome


def _reply(services: Services, id: str, letter: str, mail: Inbound) -> str:
    document = services.store.get(NOTICES, letter)
    if document is None:
        return _recorded(services, id, letter, UNKNOWN)
    reply = prepare_reply(services, notice_from(letter, document), mail)
    if reply.notice.role == CITIZEN:
        letter_answered(services, reply.notice.ticket)
    try:
        return _end(services, id, letter, lambda tx, now: take_reply(services, tx, reply, now))
    finally:
        forget_unless_named(services, reply.notice.ticket, reply.photos)


def _recorded(services: Services, id: str, letter: str, outcome: str) -> str:
    """End a mail that has no effect."""
    return _end(services, id, letter, lambda tx, now: (outcome, None))


def _end(services: Services, id: str, letter: str, work: Work) -> str:
    """Do a mail's work and mark it as read in one transaction; then publish, and delete its bytes."""
    now = services.clock.now()

    def whole(transaction: Transaction) -> tuple[str, SavedTransition | None]:
        document = transaction.get(INBOUND, id)
        if document is None or document["state"] != ARRIVED:
            return NOTHING, None
        outcome, change = work(transaction, now)
        transaction.update(INBOUND, id, _ended(outcome, letter, now, services.policy.retention.raw_mail))
        return outcome, change

    outcome, change = services.store.transact(whole)
    if change:
        publish_notices(services, change)
    if outcome not in (NOTHING, UNKNOWN):
        _forget(services, id)
    return outcome


def _ended(outcome: str, letter: str, now: datetime, keep: timedelta) -> Document:
    """The fields of a finished mail; one without a known notice is kept for a while, since somebody may want to
    see it.
    """
    kept = outcome == UNKNOWN
    state, alarm = (KEPT, now + keep) if kept else (READ, now)
    return {"state": state, "outcome": outcome, "notice": letter, "read_at": now, "next_try_at": alarm}


def _forget(services: Services, id: str) -> None:
    """Delete the bytes, then the alarm for that; if either fails the next sweep does it."""
    with suppress(Retryable):
        services.photos.delete(raw_name(id))
        services.store.transact(lambda tx: tx.update(INBOUND, id, {"next_try_at": DELETE}))
