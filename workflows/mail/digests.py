"""Mails about many complaints (digests, list mails, executive reports): what each of them shows, read at the
moment it is written.
"""

from __future__ import annotations
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import datetime

from workflows.collection_names import COMPLAINTS
from workflows.desk.board_link import BoardLink, read_board_link
from workflows.desk.morning import DeskMorning, desk_morning
from workflows.desk.unacknowledged import silent_paths
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import HEAD
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.deadlines.policy import TABLES
from workflows.domain.escalation.schedule import levels_of, tables_reached
from workflows.domain.notifications.kinds import BUNDLES, NoticeName, require_kind
from workflows.domain.notifications.notice import Notice, is_still_listed
from workflows.domain.offices import MAYOR, SEKDA
from workflows.frozen import frozen
from workflows.mail.address_changes import AddressLetter, read_change
from workflows.mail.bundling import on_list
from workflows.office.digest import DepartmentMorning, department_morning
from workflows.office.mailbox_check import MailboxLetter, read_letter
from workflows.office.open_cases import is_on_top
from workflows.ports import Found, Query, Store
from workflows.records.queries import every_found
from workflows.unit_of_work import Complaints, Services, complaint_of
from workflows.urls import board_path, desk_path, list_path, office_path

PAGE = 200
OFFICES = {"sekda": SEKDA, "mayor": MAYOR}
"""The `to` of an escalation level → the office that gets the executive report."""


def daily_tables(services: Services) -> dict[str, list[Complaint]]:
    """Office → complaints that were escalated to it, longest overdue first; only offices that have any. What has
    reached the mayor stays in the Sekda's report, and his assistants read their departments' part of it without
    restricted complaints. Nobody reads a complaint that accuses them, from which they are excluded, or whose
    present holder has a ladder without them.
    """
    found = (complaint_of(found) for table in TABLES for found in _all(services.store, table))
    tables: dict[str, list[Complaint]] = {}
    now = services.clock.now()
    settled = (case for case in found if not _is_in_undo_window(case, now))
    for case in sorted(settled, key=lambda c: c.deadlines.answer_by or c.deadlines.desk_by or c.received_at):
        for office in _readers(services, case):
            tables.setdefault(office, []).append(case)
    return tables


def _is_in_undo_window(case: Complaint, now: datetime) -> bool:
    """Whether it is held at the desk as spam, or assigned within the undo window: nobody is told of it yet."""
    until = case.recallable_until
    return bool((case.quarantine and case.state == State.AT_DESK) or (until and until > now))


def _readers(services: Services, case: Complaint) -> Iterator[str]:
    reached = tables_reached(case)
    for rung in levels_of(case, services.policy):
        if rung.to in reached:
            yield OFFICES[rung.to]
        if rung.to == "sekda" and not case.restricted and (asisten := services.directory.asisten_of(case.opd or "")):
            yield asisten


def _all(store: Store, table: str) -> Iterator[Found]:
    return every_found(store, Query(COMPLAINTS, (("table", "==", table),), limit=PAGE))


MAX_LINKED = 90
"""More complaints make a list mail too large; the department's list behind its link has the rest."""


@frozen
class ExecutiveReport:
    """The daily report for the office of a person above the departments."""

    office: str
    cases: tuple[Complaint, ...]


@frozen
class DepartmentDigest:
    """A department's morning digest, with the path of its list and when that expires."""

    morning: DepartmentMorning
    path: str
    until: datetime


@frozen
class DeskDigest:
    """The desk's morning digest; `paths` open the complaints to phone about, `waiting` those that wait, in the
    same order. `silent`: by department, the path where a call is recorded; departments with restricted complaints
    only are on the board alone. `board`: the board's path, and when it expires.
    """

    morning: DeskMorning
    paths: tuple[str, ...]
    waiting: tuple[str, ...] = ()
    silent: Mapping[str, str] = field(kw_only=True)
    board: tuple[str, datetime] = field(kw_only=True)


@frozen
class ListMail:
    """Many notices of a kind as one mail: `total` complaints since `since`, the first ones (urgent on top) with
    their paths. `template`: the list's. `list_path`, `until`: of the department's whole list; a head has none.
    """

    template: str
    opd: str
    since: datetime
    total: int
    cases: tuple[Complaint, ...]
    paths: tuple[str, ...]
    list_path: str = ""
    until: datetime | None = None


Overview = ExecutiveReport | DepartmentDigest | DeskDigest | ListMail | MailboxLetter | AddressLetter | BoardLink


def read_overview(services: Services, notice: Notice) -> Overview | None:
    """The present content of a notice without a ticket; None when there is nothing (any more) to tell."""
    if require_kind(notice).is_daily and not is_of_today(notice, services.clock.now()):
        return None
    return _READ[notice.template](services, notice)


def is_of_today(notice: Notice, now: datetime) -> bool:
    """Whether a morning's notice is of today: its id contains the day. An older one is obsolete, since each day
    has its own.
    """
    return notice.id.split(".")[1] == local_day(now).isoformat()


def _table(services: Services, notice: Notice) -> ExecutiveReport | None:
    cases = daily_tables(services).get(notice.to)
    return ExecutiveReport(notice.to, tuple(cases)) if cases else None


def _digest(services: Services, notice: Notice) -> DepartmentDigest | None:
    morning = department_morning(services.store, notice.to, notice.extra["since"], services.clock.now())
    return None if morning.is_empty else DepartmentDigest(morning, *list_path(services, notice.to))


def _desk_digest(services: Services, notice: Notice) -> DeskDigest:
    """The desk's digest, also when it is empty: it brings the link to the board."""
    morning = desk_morning(services, services.clock.now())
    paths = tuple(desk_path(services, case) for case in morning.calls)
    waiting = tuple(desk_path(services, case) for case in morning.waiting)
    return DeskDigest(
        morning, paths, waiting, silent=silent_paths(services, morning.silent), board=board_path(services)
    )


def _list_mail(services: Services, notice: Notice) -> ListMail | None:
    """The complaints of a list that still need action; None without any."""
    letters, now = on_list(services.store, notice.id), services.clock.now()
    found = Complaints(services.store).get_many([letter.ticket for letter in letters])
    pairs = zip(letters, found, strict=True)
    cases = [case for letter, case in pairs if case and is_still_listed(notice, letter, case, now)]
    if not cases:
        return None
    cases.sort(key=lambda case: (not is_on_top(case), case.deadlines.answer_by or case.received_at))
    shown = tuple(cases[:MAX_LINKED])
    paths = tuple(office_path(services, case, notice.role) for case in shown)
    since = min(letter.created_at or now for letter in letters)
    whole = list_path(services, notice.to) if notice.role != HEAD else ("", None)
    return ListMail(notice.template, notice.to, since, len(cases), shown, paths, *whole)


_READ: dict[str, Callable[[Services, Notice], Overview | None]] = {
    NoticeName.DAILY_TABLE: _table,
    NoticeName.DIGEST: _digest,
    NoticeName.DESK_DIGEST: _desk_digest,
    NoticeName.MAILBOX_CHECK: read_letter,
    NoticeName.BOARD_LINK: read_board_link,
    NoticeName.ADDRESS_CHANGED: read_change,
    **{bundle.template: _list_mail for bundle in BUNDLES.values()},
}
