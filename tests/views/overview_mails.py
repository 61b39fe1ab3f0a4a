"""The mails about the day of a department and of the desk, with one case of every kind on each."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from functions.views.mail.digests import render_overview
from tests.views.list_cases import MORNING, PATH, morning
from tests.views.list_mails import CASES, LIST_MAILS, LIST_PATH, UNTIL
from tests.views.mailbox_cases import mailbox_letter
from workflows.desk.board_link import BoardLink
from workflows.desk.morning import DeskMorning, Undelivered
from workflows.desk.unacknowledged import Silent
from workflows.domain.complaint.transition import CITIZEN
from workflows.mail.digests import DepartmentDigest, DeskDigest
from workflows.mail.send_notice import MailText
from workflows.office.digest import DepartmentMorning, Section

NONE = Section(0, ())
BOARD = ("/papan/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.papan-amhh", UNTIL)


def section(*names: str) -> Section:
    return Section(len(names), tuple(CASES[name] for name in names))


def digest(**sections: object) -> MailText:
    made = DepartmentMorning("DISHUB", overdue=NONE, today=NONE, new=NONE, added_total=0, added=())
    return render_overview(morning(), DepartmentDigest(replace(made, **sections), LIST_PATH, UNTIL))  # type: ignore[arg-type]


def desk(**parts: object) -> MailText:
    made = DeskMorning(calls=(), silent=(), undelivered=(), years=())
    calls = parts.get("calls", ())
    paths = (PATH,) * len(calls)  # type: ignore[arg-type]
    made = replace(made, **parts)  # type: ignore[arg-type]
    silent = {found.opd: f"{PATH}{found.opd}" for found in made.silent if found.case}
    return render_overview(morning(), DeskDigest(made, paths, silent=silent, board=BOARD))


def unread(opd: str, count: int, called_at: datetime | None = None) -> Silent:
    return Silent(opd, count, MORNING, CASES["late"], called_at)


FULL = {
    "overdue": section("late", "restricted"),
    "today": section("today"),
    "new": section("urgent", "taken", "waiting", "scheduled", "nameless"),
}
ALL: dict[str, Callable[..., MailText]] = {
    "digest": lambda: digest(**FULL),
    **LIST_MAILS,
    "mailbox": mailbox_letter,
    "board link": lambda: render_overview(morning(), BoardLink(*BOARD)),
    "desk with nothing to do": desk,
    "desk": lambda: desk(
        calls=(CASES["urgent"], CASES["restricted"]),
        silent=(unread("DLH", 3),),
        undelivered=(Undelivered(CITIZEN, "", 1, MORNING, (CASES["late"].ticket,)),),
        years=(2026, 2027),
    ),
}
