"""A reply by mail on its way to its complaint: files become photos, and the complaint's state decides what the
words are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workflows.collection_names import REPORTERS
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.transition import CITIZEN, UNIT
from workflows.domain.directory import Directory
from workflows.domain.intake.submission import readable
from workflows.domain.notifications.inbound_reply import MailReply, citizen_reply, obstacle, office_reply
from workflows.domain.notifications.notice import Notice
from workflows.domain.privacy.redaction import without_reporter_name
from workflows.inbound.parts import Attachment
from workflows.inbound.reading import Inbound
from workflows.photos import Stored, store_photos
from workflows.ports import Document, Transaction
from workflows.unit_of_work import Complaints, SavedTransition, Services, save

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
    foreign = notice.role != CITIZEN and mail.address not in _addresses(
        services.directory, complaint.opd or "", notice
    )
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
