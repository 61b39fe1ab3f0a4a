"""What the desk reads in the morning: whom to phone, which letters did not arrive, which year is a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from workflows.domain.calendar import WIB
from workflows.domain.change import CITIZEN, DESK
from workflows.domain.complaint import AT_DESK, ENDED, Complaint, from_document
from workflows.domain.notice import LOST, Notice, notice_from, overtaken
from workflows.domain.policy import Policy
from workflows.flood import NEW_CASES
from workflows.open_cases import count_open, open_cases
from workflows.ports import Query, Store, Where
from workflows.runner import COMPLAINTS, NOTICES, Ports

LOOK_BACK = timedelta(days=14)
LOOK_BACK_AT_DIGESTS = timedelta(days=3)
"""A digest that failed is replaced by the next one; a case's letter or a list is missing until somebody acts."""
MOST = 200
MOST_NAMED = 40
OCTOBER = 10


@dataclass(frozen=True)
class Silent:
    """A department that lets its dates to accept pass: how many cases, the oldest of them since when."""

    opd: str
    count: int
    since: datetime


@dataclass(frozen=True)
class Undelivered:
    """Letters to one recipient that did not arrive; `to` is an office's code, empty for citizens."""

    role: str
    to: str
    count: int
    since: datetime
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class DeskMorning:
    """The desk's morning; `calls` are urgent cases that nobody has taken or phoned about.

    waiting: the first of `waiting_total` cases that wait at the desk itself, danger on top, then by their date.
    """

    calls: tuple[Complaint, ...]
    silent: tuple[Silent, ...]
    undelivered: tuple[Undelivered, ...]
    years: tuple[int, ...]
    waiting: tuple[Complaint, ...] = ()
    waiting_total: int = 0

    @property
    def count(self) -> int:
        """How many things wait for the operators."""
        rest = len(self.calls) + len(self.silent) + len(self.undelivered) + len(self.years)
        return rest + self.waiting_total


def desk_morning(ports: Ports, now: datetime) -> DeskMorning:
    """How it stands now."""
    store = ports.store
    busy = busy_departments(ports)
    return DeskMorning(
        calls=tuple(case for opd in busy for case in _to_call(store, opd)),
        silent=tuple(found for opd in busy if (found := _silent(store, opd))),
        undelivered=tuple(_undelivered(store, now)),
        years=guessed_years(ports.policy, now.astimezone(WIB).date()),
        waiting=_waiting(store),
        waiting_total=store.count(_AT_DESK),
    )


_AT_DESK = Query(COMPLAINTS, (("state", "==", AT_DESK),), order_by="next_check_at", limit=MOST)


def _waiting(store: Store) -> tuple[Complaint, ...]:
    cases = [from_document(found.data) for found in store.query(_AT_DESK)]
    return tuple(sorted(cases, key=lambda case: (not case.urgent, case.desk_by or case.received_at))[:MOST_NAMED])


def busy_departments(ports: Ports) -> list[str]:
    """Every department with an open case: one count each, and no look at any case."""
    return [office.code for office in ports.directory.assignable() if count_open(ports.store, office.code)]


def guessed_years(policy: Policy, today: date) -> tuple[int, ...]:
    """This year, and from October on the next, where nobody has entered the cuti bersama."""
    coming = 1 if today.month >= OCTOBER else 0
    return policy.calendar().undecreed_years(range(today.year, today.year + coming + 1))


def _to_call(store: Store, opd: str) -> list[Complaint]:
    urgent = store.query(replace(open_cases(opd, ("urgent", "==", True)), limit=MOST))
    return [case for case in (from_document(found.data) for found in urgent) if case.call_by]


def _silent(store: Store, opd: str) -> Silent | None:
    query = Query(COMPLAINTS, (("silent_opd", "==", opd),), order_by="answer_by", limit=MOST)
    cases = [from_document(found.data) for found in store.query(query)]
    given = [case.assignment.since for case in cases if case.assignment]
    return Silent(opd, store.count(query), min(given)) if given else None


def _undelivered(store: Store, now: datetime) -> Iterator[Undelivered]:
    missing = sorted(_missing(store, now), key=lambda notice: (notice.role == CITIZEN, notice.to, notice.role))
    for (role, to), group in groupby(missing, key=lambda notice: (notice.role, notice.to)):
        notices = list(group)
        since = min(notice.created_at or now for notice in notices)
        tickets = dict.fromkeys(notice.ticket for notice in notices if notice.ticket)
        yield Undelivered(role, to, len(notices), since, tuple(tickets))


def _missing(store: Store, now: datetime) -> list[Notice]:
    """Letters somebody still waits for: not those of cases that have ended or moved on, nor those to the desk."""
    notices = [notice for notice in _failed(store, now) if notice.role != DESK]
    tickets = list(dict.fromkeys(notice.ticket for notice in notices if notice.ticket))
    documents = store.get_many(COMPLAINTS, tickets)
    cases = {ticket: from_document(d) for ticket, d in zip(tickets, documents, strict=True) if d}
    return [notice for notice in notices if _is_missing(notice, cases.get(notice.ticket), now)]


def _failed(store: Store, now: datetime) -> Iterable[Notice]:
    for state in LOST:
        recent: Where = (("state", "==", state), ("created_at", ">", now - LOOK_BACK))
        for found in store.query(Query(NOTICES, recent, order_by="created_at", limit=MOST)):
            yield notice_from(found.id, found.data)


def _is_missing(notice: Notice, case: Complaint | None, now: datetime) -> bool:
    if not notice.ticket:
        look_back = LOOK_BACK if notice.template == NEW_CASES else LOOK_BACK_AT_DIGESTS
        return notice.created_at is not None and notice.created_at > now - look_back
    return case is not None and case.state not in ENDED and not overtaken(notice, case)
