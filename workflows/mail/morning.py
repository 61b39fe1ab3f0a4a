"""The morning's mails: an executive report for each person above the departments, a digest for each department,
one for the desk. Reports and digests are sent on working days, when they have content; the desk's digest is sent
every day, since danger and data requests know no holidays, and it alone brings the link to the board.
"""

from __future__ import annotations
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from workflows.collection_names import NOTICES, SYSTEM
from workflows.desk.morning import busy_departments
from workflows.desk.phone_tasks import settle_outdated
from workflows.domain.complaint.transition import DEPARTMENT, DESK
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.notice import Notice, NoticeState, office_notice
from workflows.domain.offices import DESK as OPERATORS
from workflows.mail.digests import OFFICES, daily_tables
from workflows.office.digest import has_news
from workflows.office.mailbox_check import ask_mailboxes
from workflows.ports import Document, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Services, publish_best_effort

LAST_RUN = "digest"
ASISTEN = "asisten"
FIRST_LOOK_BACK = timedelta(days=1)


def queue_morning_digests(services: Services) -> list[str]:
    """Queue today's notices, each once however often this runs; returns the ids of the new ones. An interrupted
    run resumes; a day without a run has no mails, and its content comes with the next.
    """
    now = services.clock.now()
    last = services.store.get(SYSTEM, LAST_RUN)
    if last and last["day"] == _day(now):
        return []
    settle_outdated(services)
    is_working_day = services.policy.calendar().is_working_day(local_day(now))
    new = [*(_to_offices(services, last, now) if is_working_day else ()), *_queued(services, (_desk(now),))]
    for id in new:
        publish_best_effort(services.bus, NOTICE_DUE, {"notice": id})
    if is_working_day:
        services.store.transact(lambda tx: tx.set(SYSTEM, LAST_RUN, {**(last or {}), "at": now, "day": _day(now)}))
    return new


def _to_offices(services: Services, last: Document | None, now: datetime) -> list[str]:
    letters = (*_tables(services, now), *_digests(services, busy_departments(services), last, now))
    asked = date.fromisoformat(last["day"]) if last else None
    return [*_queued(services, letters), *ask_mailboxes(services, asked)]


def _queued(services: Services, letters: Iterable[Notice]) -> list[str]:
    return [letter.id for letter in letters if _queue(services, letter)]


def _tables(services: Services, now: datetime) -> Iterator[Notice]:
    roles = {office: role for role, office in OFFICES.items()}
    for office in sorted(daily_tables(services)):
        name = roles.get(office, office.lower())
        yield office_notice(
            f"table.{_day(now)}.{name}", NoticeName.DAILY_TABLE, roles.get(office, ASISTEN), office, now
        )


def _digests(services: Services, busy: Sequence[str], last: Document | None, now: datetime) -> Iterator[Notice]:
    for opd in busy:
        since = _told_until(services, last, opd, now)
        if has_news(services.store, opd, since, now):
            yield office_notice(digest_id(_day(now), opd), NoticeName.DIGEST, DEPARTMENT, opd, now, since=since)


def _told_until(services: Services, last: Document | None, opd: str, now: datetime) -> datetime:
    """The moment up to which the department's last digest reported; one that was never sent does not count."""
    if last is None:
        return now - FIRST_LOOK_BACK
    before = services.store.get(NOTICES, digest_id(last["day"], opd))
    told: datetime = before["extra"]["since"] if before and before["state"] != NoticeState.SENT else last["at"]
    return told


def digest_id(day: str, opd: str) -> str:
    """The id of a department's digest on a day."""
    return f"digest.{day}.{opd}"


def _desk(now: datetime) -> Notice:
    return office_notice(digest_id(_day(now), "desk"), NoticeName.DESK_DIGEST, DESK, OPERATORS, now)


def _day(now: datetime) -> str:
    return local_day(now).isoformat()


def _queue(services: Services, notice: Notice) -> bool:
    def work(transaction: Transaction) -> bool:
        if transaction.get(NOTICES, notice.id) is not None:
            return False
        transaction.create(NOTICES, notice.id, notice.to_document())
        return True

    return services.store.transact(work)
