"""A letter that came back: its notice, the mailbox behind the first, and who must find another way."""

from __future__ import annotations

import logging
from datetime import datetime

from workflows.collection_names import NOTICES
from workflows.complaints import Complaints
from workflows.domain.bundle import has_letters
from workflows.domain.change import Change
from workflows.domain.notice import BOUNCED, SENDING, SENT, Notice, notice_from, tried_anew
from workflows.domain.reaching import bounced, has_fallback
from workflows.failures import MailDeferred
from workflows.mail.no_mailbox import turn_to_phone
from workflows.ports import DELETE, Document, Transaction
from workflows.unit_of_work import SavedChange, Services, save

log = logging.getLogger("laksa")


def came_back(
    ports: Services, transaction: Transaction, id: str, cause: str, behind: bool, now: datetime
) -> tuple[bool, SavedChange | None]:
    """In the caller's transaction: whether the bounce counted, and what it changed on the case.

    It counts once, for a letter that is out, at the mailbox it went to last (`behind`: the one behind the
    department's own). MailDeferred while the letter is still in its sender's hand: then ask again.
    """
    document = transaction.get(NOTICES, id)
    notice = notice_from(id, document) if document else None
    if notice is None or behind != bool(notice.extra.get("fallback")):
        return False, None
    if notice.state == SENDING:
        raise MailDeferred("the letter is not marked as sent yet")
    if notice.state != SENT:
        return False, None
    change = _another_way(ports, transaction, notice, cause, now)
    level = logging.WARNING if change else logging.ERROR  # of that one no letter tells
    log.log(level, "mail bounced", extra={"notice": id})
    return True, save(transaction, change, ports.policy, now) if change else None


def _another_way(
    ports: Services, transaction: Transaction, notice: Notice, cause: str, now: datetime
) -> Change | None:
    """The phone, the mailbox behind, or whichever the desk finds; what that changes on the case."""
    complaint = Complaints(transaction).get(notice.ticket) if notice.ticket else None
    if complaint and (change := turn_to_phone(transaction, complaint, notice, cause, now)):
        return change
    transaction.update(NOTICES, notice.id, _fate(ports, notice, cause, now))
    return bounced(complaint, notice, cause, now) if complaint else None


def _fate(ports: Services, notice: Notice, cause: str, now: datetime) -> Document:
    """The desk is told of a bounce whatever it heard before; of what happens at the next mailbox, anew."""
    if not has_fallback(notice, ports.directory):
        told = {**notice.extra, "desk_told": True}
        alarm = now if has_letters(notice) else DELETE
        return {"state": BOUNCED, "lost_at": now, "last_error": cause, "next_try_at": alarm, "extra": told}
    return tried_anew(notice, now, fallback=True) | {"last_error": cause}
