"""The content of the desk's morning digest: whom to phone, which notices failed, which years the
calendar guesses.
"""

from __future__ import annotations
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from workflows.citizen.data_requests import Waiting, waiting_requests
from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.desk.board_link import count_waiting, waiting
from workflows.desk.phone_tasks import Backlog, backlog
from workflows.desk.unacknowledged import Silent, silent
from workflows.domain.complaint.model import ENDED, WITH_DEPARTMENT, Complaint
from workflows.domain.complaint.transition import CITIZEN, DESK
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.deadlines.policy import Policy
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.mailbox_check import MailboxCheck
from workflows.domain.notifications.notice import LOST, Notice, is_list, is_obsolete, notice_from
from workflows.frozen import frozen
from workflows.office.mailbox_check import unconfirmed
from workflows.office.open_cases import has_open
from workflows.ports import Query, Store, Where
from workflows.records.queries import DeadLetters, count_notices_in_line, dead_letters
from workflows.unit_of_work import Complaints, Services

LOOK_BACK = timedelta(days=14)
LOOK_BACK_AT_DIGESTS = timedelta(days=3)
"""How far back failures are reported, by the time of the failure, which may be long after sending. A failed digest
is replaced by the next one; a complaint's notice or a list is missing until somebody acts.
"""
MOST = 200
MAX_NAMED = 10
MAX_CALLS = 1000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OCTOBER = 10


@frozen
class Undelivered:
    """Failed notices to one recipient; `to` is an office's code, '' for citizens. `tickets`: what they were about;
    for an office without restricted complaints, whose holder stays unknown here. Notices to citizens of complaints
    hidden from the desk are not counted at all.
    """

    role: str
    to: str
    count: int
    since: datetime
    tickets: tuple[str, ...]


@frozen
class DeskMorning:
    """The desk's morning; `calls`: urgent complaints that nobody has accepted or phoned about. `mailboxes`:
    unconfirmed ones. `data`: citizens' data requests. `letters_in_line`: notices held back by the rate limit; 0
    unless there are very many. `waiting`: the first of `waiting_total` complaints at the desk, danger first, then
    the longest waiting.
    """

    calls: tuple[Complaint, ...]
    silent: tuple[Silent, ...]
    undelivered: tuple[Undelivered, ...]
    years: tuple[int, ...]
    waiting: tuple[Complaint, ...] = ()
    waiting_total: int = 0
    dead: DeadLetters | None = None
    letters_in_line: int = 0
    data: Waiting | None = None
    mailboxes: tuple[MailboxCheck, ...] = ()
    tell: Backlog | None = None

    @property
    def count(self) -> int:
        """How many things wait for the operators."""
        each = (self.calls, self.silent, self.undelivered, self.mailboxes, self.years)
        others = (self.dead, self.letters_in_line, self.data, self.tell)
        return self.waiting_total + sum(map(len, each)) + sum(map(bool, others))


def desk_morning(services: Services, now: datetime, named: int = MAX_NAMED) -> DeskMorning:
    """Everything the desk's morning digest shows; at most `named` waiting complaints are loaded."""
    store = services.store
    busy = busy_departments(services)
    return DeskMorning(
        calls=tuple(_to_call(store, busy)),
        silent=tuple(found for opd in busy if (found := silent(store, opd, now))),
        undelivered=tuple(_undelivered(store, now)),
        years=guessed_years(services.policy, local_day(now)),
        waiting=waiting(store, named)[0] if named else (),
        waiting_total=count_waiting(store),
        dead=dead_letters(store),
        letters_in_line=_very_many_in_line(services),
        data=waiting_requests(store),
        mailboxes=unconfirmed(services, now),
        tell=backlog(store),
    )


def busy_departments(services: Services) -> list[str]:
    """Every department with an open complaint, by one read each."""
    return [office.code for office in services.directory.assignable() if has_open(services.store, office.code)]


def guessed_years(policy: Policy, today: date) -> tuple[int, ...]:
    """This year, and from October the next, if nobody has entered the cuti bersama."""
    coming = 1 if today.month >= OCTOBER else 0
    return policy.calendar().undecreed_years(range(today.year, today.year + coming + 1))


def _very_many_in_line(services: Services) -> int:
    count = count_notices_in_line(services.store)
    return count if count >= services.policy.mail.many_waiting else 0


def _to_call(store: Store, busy: Sequence[str]) -> list[Complaint]:
    """Complaints with a date to phone, by department in the directory's order, nearest deadline first."""
    dated = Query(COMPLAINTS, (("call_by", ">", LONG_AGO),), order_by="call_by", limit=MAX_CALLS)
    cases = Complaints(store).query(dated)
    held = [c for c in cases if c.state in WITH_DEPARTMENT and c.opd in busy and c.desk_may_read]
    return sorted(
        held, key=lambda case: (busy.index(case.opd or ""), case.deadlines.answer_by or LONG_AGO, case.ticket)
    )


def _undelivered(store: Store, now: datetime) -> Iterator[Undelivered]:
    missing = sorted(_missing(store, now), key=lambda lost: (lost[0].role == CITIZEN, lost[0].to, lost[0].role))
    for (role, to), group in groupby(missing, key=lambda lost: (lost[0].role, lost[0].to)):
        letters = list(group)
        since = min(notice.created_at or now for notice, _ in letters)
        tickets = dict.fromkeys(case.ticket for _, case in letters if case and _may_be_named(case, role))
        yield Undelivered(role, to, len(letters), since, tuple(tickets))


def _may_be_named(case: Complaint, role: str) -> bool:
    return case.desk_may_read and (role == CITIZEN or not case.restricted)


def _missing(store: Store, now: datetime) -> list[tuple[Notice, Complaint | None]]:
    """Failed notices that somebody still waits for, each with its complaint: not those of complaints that have
    ended or moved on, those to the desk, or those to a given-up address.
    """
    failed = _failed(store, now)
    notices = [notice for notice in failed if notice.role != DESK and notice.template != NoticeName.ADDRESS_CHANGED]
    tickets = list(dict.fromkeys(notice.ticket for notice in notices if notice.ticket))
    cases = {case.ticket: case for case in Complaints(store).get_many(tickets) if case}
    letters = [(notice, cases.get(notice.ticket)) for notice in notices]
    return [(notice, case) for notice, case in letters if _is_missing(notice, case, now)]


def _failed(store: Store, now: datetime) -> Iterable[Notice]:
    for state in LOST:
        recent: Where = (("state", "==", state), ("lost_at", ">", now - LOOK_BACK))
        for found in store.query(Query(NOTICES, recent, order_by="lost_at", limit=MOST)):
            yield notice_from(found.id, found.data)


def _is_missing(notice: Notice, case: Complaint | None, now: datetime) -> bool:
    if not notice.ticket:
        look_back = LOOK_BACK if is_list(notice) else LOOK_BACK_AT_DIGESTS
        return notice.lost_at is not None and notice.lost_at > now - look_back
    if case is None or (notice.role == CITIZEN and not case.desk_may_read):
        return False
    return case.state not in ENDED and not is_obsolete(notice, case)
