"""Bounces: the notice that bounced, the fallback mailbox, and, for a citizen's mailbox that refuses mail at once
or later, the phone task of the desk if there is a number.
"""

from __future__ import annotations
import logging
from dataclasses import replace
from datetime import datetime

from workflows.collection_names import NOTICES, REPORTERS
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, Transition
from workflows.domain.notifications.delivery import (
    desk_shall_phone,
    has_fallback,
    letter_becomes_task,
    mark_bounced,
    mark_bounced_to_phone,
)
from workflows.domain.notifications.notice import Notice, NoticeState, is_list, notice_from, reset_retries, still_leased
from workflows.failures import MailDeferred
from workflows.ports import DELETE, Document, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Complaints, SavedTransition, Services, commit, publish_best_effort, save

log = logging.getLogger("laksa")


def handle_bounce(services: Services, notice: Notice, cause: str) -> bool:
    """Whether a claimed notice that the mail server refused becomes a phone task."""
    now = services.clock.now()

    def work(transaction: Transaction) -> SavedTransition | None:
        if not still_leased(transaction.get(NOTICES, notice.id), notice):
            return None
        complaint = Complaints(transaction).get(notice.ticket)
        change = turn_to_phone(transaction, complaint, notice, cause, now) if complaint else None
        return save(transaction, change, services.policy, now) if change else None

    if commit(services, work) is None:
        return False
    log.warning("mail failed", extra={"notice": notice.id, "attempts": notice.attempts})
    publish_best_effort(services.bus, NOTICE_DUE, {"notice": notice.id})
    return True


def turn_to_phone(
    transaction: Transaction, complaint: Complaint, notice: Notice, cause: str, now: datetime
) -> Transition | None:
    """In the caller's transaction: turn the notice into a phone task; returns the transition of the complaint,
    None if it may not be phoned.
    """
    if not desk_shall_phone(complaint, notice, _phone(transaction, notice), cause):
        return None
    task = letter_becomes_task(notice, cause, now)
    transaction.update(NOTICES, notice.id, {**task, "line": DELETE})
    return mark_bounced_to_phone(complaint, notice, cause, now)


def _phone(transaction: Transaction, notice: Notice) -> str:
    reporter = transaction.get(REPORTERS, notice.ticket) if notice.role == CITIZEN else None
    return reporter["phone"] if reporter else ""


def came_back(
    services: Services, transaction: Transaction, id: str, cause: str, behind: bool, now: datetime
) -> tuple[bool, SavedTransition | None]:
    """In the caller's transaction: (whether the bounce counted, its transition). It counts once, for a sent
    notice, at the mailbox it went to last (`behind`: the fallback mailbox). MailDeferred while the notice is still
    being sent: try again later.
    """
    document = transaction.get(NOTICES, id)
    notice = notice_from(id, document) if document else None
    if notice is None or behind != notice.delivery.fallback:
        return False, None
    if notice.state == NoticeState.SENDING:
        raise MailDeferred("the letter is not marked as sent yet")
    if notice.state != NoticeState.SENT:
        return False, None
    change = _another_way(services, transaction, notice, cause, now)
    level = logging.WARNING if change else logging.ERROR  # no mail reports that one
    log.log(level, "mail bounced", extra={"notice": id})
    return True, save(transaction, change, services.policy, now) if change else None


def _another_way(
    services: Services, transaction: Transaction, notice: Notice, cause: str, now: datetime
) -> Transition | None:
    """Choose phone, fallback mailbox or the desk; returns the transition of the complaint."""
    complaint = Complaints(transaction).get(notice.ticket) if notice.ticket else None
    if complaint and (change := turn_to_phone(transaction, complaint, notice, cause, now)):
        return change
    transaction.update(NOTICES, notice.id, _fate(services, notice, cause, now))
    return mark_bounced(complaint, notice, cause, now) if complaint else None


def _fate(services: Services, notice: Notice, cause: str, now: datetime) -> Document:
    """Fields to store after a bounce.

    Marks the notice as bounced and notifies the desk, or, if a fallback mailbox exists, queues it for that with
    fresh retry counters.
    """
    if not has_fallback(notice, services.directory):
        told = notice.extra_with(replace(notice.delivery, desk_told=True))
        alarm = now if is_list(notice) else DELETE
        return {"state": NoticeState.BOUNCED, "lost_at": now, "last_error": cause, "next_try_at": alarm, "extra": told}
    return reset_retries(notice, now, fallback=True) | {"last_error": cause}
