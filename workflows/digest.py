"""The morning's letters: a table a person above the departments, a digest a department, one for the desk.

Each only when there is something to tell, and each once a working day, however often or late this runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from workflows.department_morning import has_news
from workflows.desk_morning import busy_departments, has_work
from workflows.domain.calendar import local_day
from workflows.domain.change import DEPARTMENT, DESK
from workflows.domain.department import DESK as OPERATORS
from workflows.domain.notice import SENT, Notice
from workflows.escalated import OFFICES, daily_tables
from workflows.overviews import DESK_DIGEST, DIGEST, TABLE
from workflows.ports import Document, Transaction
from workflows.runner import NOTICES, Ports, wake
from workflows.topics import NOTICE_DUE

SYSTEM = "system"
LAST_RUN = "digest"
ASISTEN = "asisten"
FIRST_LOOK_BACK = timedelta(days=1)


def morning(ports: Ports) -> list[str]:
    """Queue today's letters; run twice, or late, it queues each once. Returns the ids of the new notices.

    A run that broke off goes on where it stopped; a day on which none ran has no letter, and its news come with
    the next.
    """
    now = ports.clock.now()
    today = local_day(now)
    last = ports.store.get(SYSTEM, LAST_RUN)
    if not ports.policy.calendar().is_working_day(today) or (last and last["day"] == today.isoformat()):
        return []
    busy = busy_departments(ports)
    letters = (*_tables(ports, now), *_digests(ports, busy, last, now), *_desk(ports, busy, now))
    new = [letter.id for letter in letters if _queue(ports, letter)]
    for id in new:
        wake(ports.bus, NOTICE_DUE, {"notice": id})
    ports.store.transact(lambda tx: tx.set(SYSTEM, LAST_RUN, {"at": now, "day": today.isoformat()}))
    return new


def _tables(ports: Ports, now: datetime) -> Iterator[Notice]:
    roles = {office: role for role, office in OFFICES.items()}
    for office in sorted(daily_tables(ports)):
        name = roles.get(office, office.lower())
        yield _letter(f"table.{_day(now)}.{name}", TABLE, roles.get(office, ASISTEN), office, now)


def _digests(ports: Ports, busy: Sequence[str], last: Document | None, now: datetime) -> Iterator[Notice]:
    for opd in busy:
        since = _told_until(ports, last, opd, now)
        if has_news(ports.store, opd, since, now):
            yield _letter(digest_id(_day(now), opd), DIGEST, DEPARTMENT, opd, now, since=since)


def _told_until(ports: Ports, last: Document | None, opd: str, now: datetime) -> datetime:
    """When the department was last told; a digest that never went out has told nothing."""
    if last is None:
        return now - FIRST_LOOK_BACK
    before = ports.store.get(NOTICES, digest_id(last["day"], opd))
    told: datetime = before["extra"]["since"] if before and before["state"] != SENT else last["at"]
    return told


def digest_id(day: str, opd: str) -> str:
    """The one digest of a department on a day."""
    return f"digest.{day}.{opd}"


def _desk(ports: Ports, busy: Sequence[str], now: datetime) -> Iterator[Notice]:
    if has_work(ports, busy, now):
        yield _letter(digest_id(_day(now), "desk"), DESK_DIGEST, DESK, OPERATORS, now)


def _day(now: datetime) -> str:
    return local_day(now).isoformat()


def _letter(id: str, template: str, role: str, to: str, now: datetime, **extra: datetime) -> Notice:
    return Notice(id, "", 0, template, role, to, created_at=now, next_try_at=now, extra=dict(extra))


def _queue(ports: Ports, notice: Notice) -> bool:
    def work(transaction: Transaction) -> bool:
        if transaction.get(NOTICES, notice.id) is not None:
            return False
        transaction.create(NOTICES, notice.id, notice.to_document())
        return True

    return ports.store.transact(work)
