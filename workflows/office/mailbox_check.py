"""The quarterly question to each department's mailbox, its confirmation by one click, and whom the desk must
phone. Units are not asked: their department has the complaint and the link, and sees when they do not answer.
"""

from __future__ import annotations
from collections.abc import Callable, Mapping
from datetime import date, datetime

from workflows.collection_names import MAILBOXES, NOTICES, SYSTEM
from workflows.domain.complaint.transition import DEPARTMENT
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.directory import Department
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.mailbox_check import (
    DAYS_TO_CONFIRM,
    MailboxCheck,
    begins_today,
    check_from,
    confirmed,
    is_wanted,
    phoned,
    quarter_of,
)
from workflows.domain.notifications.notice import Notice, office_notice
from workflows.errors import FieldError, Forbidden, InvalidInput
from workflows.frozen import frozen
from workflows.ports import MailboxGrant, Query, Transaction
from workflows.unit_of_work import Services

MOST = 200


@frozen
class MailboxLetter:
    """What the mail shows: whose mailbox, the path to confirm at, its expiry."""

    opd: str
    path: str
    until: datetime


def ask_mailboxes(services: Services, last: date | None) -> list[str]:
    """Queue the questions that are due this morning; returns the ids of the new notices. `last`: the day of the
    last run.
    """
    today = local_day(services.clock.now())
    quarter, begins = quarter_of(today), begins_today(services.policy.calendar(), today, last)
    marks = {office.code: hash_of_mailbox(services, office) for office in services.directory.assignable()}
    whole = services.links.digest("mailboxes", " ".join(marks.values()))
    asked = services.store.get(SYSTEM, MAILBOXES)
    if not begins and asked and asked["whole"] == whole:
        return []
    new = [id for opd in _wanted(services, marks, quarter, begins) if (id := _ask(services, opd, quarter, marks[opd]))]
    services.store.transact(lambda tx: tx.set(SYSTEM, MAILBOXES, {**(asked or {}), "whole": whole}))
    return new


def _wanted(services: Services, marks: Mapping[str, str], quarter: str, begins: bool) -> list[str]:
    documents = services.store.get_many(MAILBOXES, list(marks))
    checks = dict(zip(marks, (check_from(d) if d else None for d in documents), strict=True))
    own = {opd for opd in marks if services.directory[opd].has_own_mailbox}
    return [opd for opd, mark in marks.items() if is_wanted(checks[opd], quarter, mark, begins, opd in own)]


def hash_of_mailbox(services: Services, office: Department) -> str:
    """The identity of a mailbox: eight characters of a keyed hash."""
    return services.links.digest("mailbox", office.mailbox.casefold())[:8]


def _ask(services: Services, opd: str, quarter: str, mark: str) -> str:
    """Queue one question; returns its id, '' if that mailbox has been asked in that quarter."""
    now = services.clock.now()
    until = services.policy.calendar().add_working_days(now, DAYS_TO_CONFIRM)
    id = f"mailbox.{quarter}.{opd}.{mark}"
    letter = office_notice(id, NoticeName.MAILBOX_CHECK, DEPARTMENT, opd, now)

    def work(transaction: Transaction) -> str:
        document = transaction.get(MAILBOXES, opd)
        if document and check_from(document).is_about(quarter, mark):
            return ""
        transaction.set(MAILBOXES, opd, MailboxCheck(opd, quarter, mark, now, until).to_document())
        transaction.set(NOTICES, id, letter.to_document())
        return id

    return services.store.transact(work)


def read_letter(services: Services, notice: Notice) -> MailboxLetter | None:
    """None once it was answered, or if it is of another quarter or mailbox."""
    document = services.store.get(MAILBOXES, notice.to)
    check, office = check_from(document) if document else None, services.directory.get(notice.to)
    if check is None or office is None or check.until is None or not _is_of(notice, check):
        return None
    if check.address != hash_of_mailbox(services, office):
        return None
    return MailboxLetter(notice.to, mailbox_path(services, check), check.until)


def _is_of(notice: Notice, check: MailboxCheck) -> bool:
    return notice.id == f"mailbox.{check.quarter}.{check.opd}.{check.address}"


def mailbox_path(services: Services, check: MailboxCheck) -> str:
    """The path at which it is confirmed."""
    return f"/alamat/{services.links.mailbox_token(MailboxGrant(check.opd, check.quarter, check.address))}"


def open_check(services: Services, token: str) -> tuple[MailboxGrant, MailboxCheck | None]:
    """(grant, question) behind a link; the question is None when a newer one or another address has replaced it.
    Forbidden. Changes nothing.
    """
    grant = services.links.read_mailbox_token(token)
    document = services.store.get(MAILBOXES, grant.opd)
    check = check_from(document) if document else None
    if services.directory.receiver(grant.opd) is None:
        raise Forbidden
    asked = check and check.is_about(grant.quarter, grant.address) and _is_still_its_own(services, check)
    return grant, check if asked else None


def confirm(services: Services, token: str) -> None:
    """Record that somebody reads this mailbox; a repeat or an outdated link changes nothing. Forbidden."""
    grant = services.links.read_mailbox_token(token)
    now = services.clock.now()

    def work(check: MailboxCheck) -> MailboxCheck:
        still = check.is_about(grant.quarter, grant.address) and _is_still_its_own(services, check)
        return confirmed(check, now) if still else check

    _change(services, grant.opd, work)


def write_down_call(services: Services, opd: str) -> None:
    """Record that the desk phoned about the address; a repeat changes nothing. InvalidInput when nothing was
    asked.
    """
    now = services.clock.now()
    known = services.directory.receiver(opd)
    if known is None or not _change(services, opd, lambda check: phoned(check, now)):
        raise InvalidInput([FieldError("opd", "mailbox_not_asked")])


def _change(services: Services, opd: str, decide: Callable[[MailboxCheck], MailboxCheck]) -> bool:
    """Change the question of that department; returns whether there is one."""

    def work(transaction: Transaction) -> bool:
        document = transaction.get(MAILBOXES, opd)
        if document is None:
            return False
        before = check_from(document)
        if (after := decide(before)) != before:
            transaction.set(MAILBOXES, opd, after.to_document())
        return True

    return services.store.transact(work)


def unconfirmed(services: Services, now: datetime) -> tuple[MailboxCheck, ...]:
    """Mailboxes that nobody has confirmed in time; corrected ones are asked again instead."""
    late = Query(MAILBOXES, (("until", "<=", now),), order_by="until", limit=MOST)
    checks = [check_from(found.data) for found in services.store.query(late)]
    return tuple(check for check in checks if _is_still_its_own(services, check))


def _is_still_its_own(services: Services, check: MailboxCheck) -> bool:
    office = services.directory.get(check.opd)
    return office is not None and check.address == hash_of_mailbox(services, office)
