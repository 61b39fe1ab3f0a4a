"""A letter that a citizen's mailbox does not take, at once or days later: the desk phones, if it has a number."""

from __future__ import annotations

import logging
from datetime import datetime

from workflows.collection_names import NOTICES, REPORTERS
from workflows.complaints import Complaints
from workflows.domain.change import CITIZEN, Change
from workflows.domain.complaint import Complaint
from workflows.domain.notifications.delivery import desk_shall_phone, letter_becomes_task, mark_bounced_to_phone
from workflows.domain.notifications.notice import Notice, still_leased
from workflows.ports import DELETE, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import SavedChange, Services, commit, publish_best_effort, save

log = logging.getLogger("laksa")


def refused(ports: Services, notice: Notice, cause: str) -> bool:
    """Whether a letter in hand, whose mailbox the mail server has refused, is now the desk's to tell."""
    now = ports.clock.now()

    def work(transaction: Transaction) -> SavedChange | None:
        if not still_leased(transaction.get(NOTICES, notice.id), notice):
            return None
        complaint = Complaints(transaction).get(notice.ticket)
        change = turn_to_phone(transaction, complaint, notice, cause, now) if complaint else None
        return save(transaction, change, ports.policy, now) if change else None

    if commit(ports, work) is None:
        return False
    log.warning("mail failed", extra={"notice": notice.id, "attempts": notice.attempts})
    publish_best_effort(ports.bus, NOTICE_DUE, {"notice": notice.id})
    return True


def turn_to_phone(
    transaction: Transaction, complaint: Complaint, notice: Notice, cause: str, now: datetime
) -> Change | None:
    """In the caller's transaction: the letter becomes a task, and what changes on the case; None if it may not."""
    if not desk_shall_phone(complaint, notice, _phone(transaction, notice), cause):
        return None
    task = letter_becomes_task(notice, cause, now)
    transaction.update(NOTICES, notice.id, {**task, "line": DELETE})
    return mark_bounced_to_phone(complaint, notice, cause, now)


def _phone(transaction: Transaction, notice: Notice) -> str:
    reporter = transaction.get(REPORTERS, notice.ticket) if notice.role == CITIZEN else None
    return reporter["phone"] if reporter else ""
