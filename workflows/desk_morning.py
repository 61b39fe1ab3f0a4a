"""What the desk reads in the morning: whom to phone, which letters did not arrive, which year is a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from workflows.at_desk import count_waiting, waiting
from workflows.case_links import desk_path
from workflows.dead_letters import DeadLetters, dead_letters
from workflows.domain.bundle import has_letters
from workflows.domain.calendar import WIB
from workflows.domain.change import CITIZEN, DESK
from workflows.domain.complaint import ENDED, Assignment, Complaint, from_document
from workflows.domain.notice import LOST, Notice, notice_from, overtaken
from workflows.domain.policy import Policy
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
    """A department that lets its dates to accept pass: how many cases, the oldest of them since when.

    case: the one to write a phone call down at. called_at: the last call about one of them, on an earlier day.
    """

    opd: str
    count: int
    since: datetime
    case: Complaint
    called_at: datetime | None = None


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

    waiting: the first of `waiting_total` cases that wait at the desk itself, danger on top, then the longest.
    """

    calls: tuple[Complaint, ...]
    silent: tuple[Silent, ...]
    undelivered: tuple[Undelivered, ...]
    years: tuple[int, ...]
    waiting: tuple[Complaint, ...] = ()
    waiting_total: int = 0
    dead: DeadLetters | None = None

    @property
    def count(self) -> int:
        """How many things wait for the operators."""
        rest = len(self.calls) + len(self.silent) + len(self.undelivered) + len(self.years)
        return rest + self.waiting_total + (1 if self.dead else 0)


def desk_morning(ports: Ports, now: datetime) -> DeskMorning:
    """How it stands now."""
    store = ports.store
    busy = busy_departments(ports)
    return DeskMorning(
        calls=tuple(case for opd in busy for case in _to_call(store, opd)),
        silent=tuple(found for opd in busy if (found := _silent(store, opd, now))),
        undelivered=tuple(_undelivered(store, now)),
        years=guessed_years(ports.policy, now.astimezone(WIB).date()),
        waiting=waiting(store, MOST_NAMED)[0],
        waiting_total=count_waiting(store),
        dead=dead_letters(store),
    )


def has_work(ports: Ports, busy: Sequence[str], now: datetime) -> bool:
    """Whether the desk's letter has anything to tell; looks no further than the first. busy: busy_departments."""
    store = ports.store
    return bool(
        count_waiting(store)
        or guessed_years(ports.policy, now.astimezone(WIB).date())
        or dead_letters(store)
        or any(_to_call(store, opd) or _silent(store, opd, now) for opd in busy)
        or any(_undelivered(store, now))
    )


def silent_paths(ports: Ports, morning: DeskMorning) -> dict[str, str]:
    """Silent department → the path of the case to write a phone call down at."""
    return {silent.opd: desk_path(ports, silent.case) for silent in morning.silent}


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


def _silent(store: Store, opd: str, now: datetime) -> Silent | None:
    """None once it was phoned today: a call is about all its cases. What the desk may not know of is left out."""
    query = Query(COMPLAINTS, (("silent_opd", "==", opd),), order_by="answer_by", limit=MOST)
    found = [from_document(item.data) for item in store.query(query)]
    held = [(case.assignment, case) for case in found if case.assignment and case.desk_may_read]
    called = max((had.called_at for had, _ in held if had.called_at), default=None)
    if not held or (called and called.astimezone(WIB).date() == now.astimezone(WIB).date()):
        return None
    count = len(held) if len(found) < MOST else store.count(query)
    oldest, (_, first) = min(had.since for had, _ in held), min(held, key=_to_write_down_at)
    return Silent(opd, count, oldest, first, called)


def _to_write_down_at(held: tuple[Assignment, Complaint]) -> tuple[bool, datetime]:
    """At one that operators may read, if there is one; the oldest first."""
    assignment, case = held
    return case.restricted, assignment.since


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
        look_back = LOOK_BACK if has_letters(notice) else LOOK_BACK_AT_DIGESTS
        return notice.created_at is not None and notice.created_at > now - look_back
    return case is not None and case.state not in ENDED and not overtaken(notice, case)
