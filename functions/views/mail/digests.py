"""Mails about many complaints, as subject, text and HTML: the list (one row per complaint with its own link, and
what happens if nobody acts), the desk's morning mail, and the mail to the old mailbox of an office whose address
was changed.
"""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from datetime import datetime

from functions.views.desk.alarms import (
    FEW,
    call_words,
    choose_words,
    data_words,
    dead_words,
    letters_words,
    line_words,
    mailbox_words,
    phone_words,
    recipient_words,
    silent_words,
    tell_words,
    year_words,
)
from functions.views.mail.department_digest import Line, case_row, deadline, digest_facts, kelurahan
from functions.views.mail.facts import TemplateVars
from functions.views.mail.render import render_letter, render_table
from functions.views.officer.mailbox_page import mailbox_facts
from functions.views.shared.context import Context
from functions.views.shared.office_case import due_words, plan_words, taken_words
from functions.views.shared.rendering import full_moment, number, short_date, short_moment
from functions.views.shared.status_text import level_title, office_name
from workflows.desk.board_link import BoardLink
from workflows.domain.complaint.model import Complaint
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.deadlines.policy import PEOPLE
from workflows.domain.directory import DESK_HEAD
from workflows.domain.escalation.schedule import schedule_of
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.mailbox_check import FALLBACK, MAILBOX, MailboxCheck
from workflows.domain.offices import DESK
from workflows.frozen import frozen
from workflows.mail.address_changes import AddressLetter
from workflows.mail.digests import DepartmentDigest, DeskDigest, ExecutiveReport, ListMail, Overview
from workflows.mail.send_notice import MailText
from workflows.office.mailbox_check import MailboxLetter

MAX_LISTED = 7
"""Rows of each list: more would make the mail too large, and the board has them all."""


def desk_facts(ctx: Context, digest: DeskDigest) -> TemplateVars:
    """The template's variables."""
    morning = digest.morning
    calls = zip(morning.calls, digest.paths, strict=True)
    path, until = digest.board
    return {
        "addressee": "operator Laksa",
        "count": number(morning.count) if morning.count else "",
        "board": ctx.url + path,
        "until": full_moment(until, "id"),
        "calls": _listed([(case.ticket, call_words(ctx, case), ctx.url + path) for case, path in calls]),
        **_waiting_cases(ctx, digest),
        **_silent_departments(ctx, digest),
        "undelivered": _listed([(recipient_words(ctx, m), letters_words(m)) for m in morning.undelivered]),
        "dead": dead_words(morning.dead) if morning.dead else "",
        "mailboxes": _mailboxes(ctx, morning.mailboxes),
        "mailboxes_total": number(len(morning.mailboxes)),
        "data": data_words(morning.data) if morning.data else "",
        "tell": tell_words(morning.tell) if morning.tell else "",
        "in_line": line_words(morning.letters_in_line) if morning.letters_in_line else "",
        "years": [": ".join(year_words(ctx, year)) for year in morning.years],
    }


def _waiting_cases(ctx: Context, digest: DeskDigest) -> TemplateVars:
    """The first complaints that wait at the desk, and the number of others."""
    waiting, total = digest.morning.waiting, digest.morning.waiting_total
    shown = zip(waiting, digest.waiting, strict=True)
    return {
        "waiting": [(case.ticket, _waiting(ctx, case), ctx.url + path) for case, path in shown],
        "waiting_total": number(total),
        "waiting_more": number(more) if (more := total - len(waiting)) > 0 else "",
    }


def _silent_departments(ctx: Context, digest: DeskDigest) -> TemplateVars:
    """Whom to phone: with the link of a complaint, or without if all are restricted."""
    told = [(silent, phone_words(ctx, silent.opd), silent_words(silent)) for silent in digest.morning.silent]
    named = [(phone, words, ctx.url + digest.silent[silent.opd]) for silent, phone, words in told if silent.case]
    unnamed = [(phone, words) for silent, phone, words in told if not silent.case]
    return {"silent": _listed(named), "silent_unnamed": _listed(unnamed)}


def _listed(rows: Sequence[tuple[str, ...]]) -> TemplateVars:
    """The first rows, their total, and how many are on the board alone ('' for none)."""
    more = len(rows) - MAX_LISTED
    return {"rows": rows[:MAX_LISTED], "total": number(len(rows)), "more": number(more) if more > 0 else ""}


def board_link_facts(ctx: Context, link: BoardLink) -> TemplateVars:
    """The variables of the mail with a new link."""
    return {"addressee": "operator Laksa", "board": ctx.url + link.path, "until": full_moment(link.until, "id")}


def _mailboxes(ctx: Context, checks: Sequence[MailboxCheck]) -> list[tuple[str, str]]:
    """A few mailboxes by name; in a new quarter it may be every department."""
    named = [("", mailbox_words(ctx, check)) for check in checks[:FEW]]
    return named + ([("", f"{number(len(checks) - FEW)} lagi ada di papan kerja")] if len(checks) > FEW else [])


def _waiting(ctx: Context, case: Complaint) -> str:
    """Until when the desk must choose; of a restricted complaint nothing else."""
    words = choose_words(ctx, case)
    return f"mendesak · {words}" if case.urgent and not case.restricted else words


@frozen
class _Rising:
    """The escalation of a complaint that nobody answers, as a sentence about “laporan”, and its moment."""

    does: str
    at: datetime | None = None


ON_TOP = _Rising("tetap di tabel harian Wali Kota")


def list_facts(ctx: Context, mail: ListMail) -> TemplateVars:
    """The template's variables for any list."""
    department = ctx.directory[mail.opd]
    return {
        "addressee": f"petugas {department.short}" if mail.list_path else department.head,
        "opd": office_name(ctx, mail.opd, full=True),
        "short": department.short,
        "head": department.head,
        "has_units": bool(ctx.directory.units_of(mail.opd)),
        "total": number(mail.total),
        "at": f"{short_date(ctx.now)} pukul {ctx.now.astimezone(WIB):%H.%M}",
        "since": full_moment(mail.since, "id"),
        "left_out": mail.total - len(mail.cases),
        "link": ctx.url + mail.list_path if mail.list_path else "",
        "until": full_moment(mail.until, "id") if mail.until else "",
        **_cases(ctx, mail),
    }


def _cases(ctx: Context, mail: ListMail) -> TemplateVars:
    """The rows, and what comes next: in one sentence if it is the same for all, else in each row."""
    rising = {case.ticket: _rising(ctx, mail, case) for case in mail.cases if not case.restricted}
    same = len(set(rising.values())) == 1

    def words(ctx: Context, case: Complaint) -> list[str]:
        own = _ROWS[mail.template](ctx, case)
        return own if same else [*own, _in_a_row(rising[case.ticket])]

    rows = zip(mail.cases, mail.paths, strict=True)
    restricted = len(rising) < len(mail.cases)
    return {
        "rows": [(*case_row(ctx, case, words), ctx.url + path) for case, path in rows],
        "next": _of_all(next(iter(rising.values())), restricted) if same else "",
        "restricted": restricted,
    }


def _rising(ctx: Context, mail: ListMail, case: Complaint) -> _Rising:
    """The next escalation; for a new complaint only to whom, since its row names the deadline."""
    for step in schedule_of(case, ctx.policy).pending:
        if step.rung.to in PEOPLE:
            how = "masuk tabel harian" if step.rung.tabled else "naik ke"
            at = None if mail.template == "new_cases" else step.at
            return _Rising(f"{how} {level_title(ctx, case, step.rung.to)}", at)
    return ON_TOP


def _in_a_row(rising: _Rising) -> str:
    return " ".join(filter(None, (rising.does, short_moment(rising.at) if rising.at else "")))


def _of_all(rising: _Rising, restricted: bool) -> str:
    """The sentence about all complaints; mails never tell what happens to restricted ones."""
    which = "laporan dalam daftar ini, selain yang terbatas," if restricted else "laporan dalam daftar ini"
    if rising == ON_TOP:
        return f"Sampai dijawab, {which} {rising.does}."
    if rising.at is None:
        return f"Bila batas waktunya lewat tanpa jawaban, {which} {rising.does}."
    return f"Bila belum dijawab sampai {full_moment(rising.at, 'id')}, {which} {rising.does}."


def _new(ctx: Context, case: Complaint) -> list[str]:
    return [ctx.labels.category(case.category), kelurahan(ctx, case), deadline(case)]


def _nearing(ctx: Context, case: Complaint) -> list[str]:
    return [*_matter(ctx, case), f"sampai {deadline(case)}", *_who(ctx, case)]


def _late(ctx: Context, case: Complaint) -> list[str]:
    return [due_words(ctx, case).words, *_matter(ctx, case), *_who(ctx, case)]


def _matter(ctx: Context, case: Complaint) -> list[str]:
    return [ctx.labels.category(case.category), kelurahan(ctx, case)]


def _who(ctx: Context, case: Complaint) -> list[str]:
    return [taken_words(ctx, case), plan_words(ctx, case)]


_ROWS: Mapping[str, Line] = {
    "new_cases": _new,
    "reminders": _nearing,
    "overdues": _late,
    "also_heads": _late,
    "head_cases": _late,
}
"""Name of the list → what a row says about a complaint."""


def address_facts(ctx: Context, letter: AddressLetter) -> TemplateVars:
    """The template's variables; of a new address only its first letter and its domain."""
    held = ctx.directory.get(letter.opd)
    return {
        "addressee": held.head if held and letter.head else office_name(ctx, letter.opd, full=True),
        "head": letter.head,
        "short": office_name(ctx, letter.opd),
        "changed": [_sentence(ctx, letter, *change) for change in letter.changes],
        "desk": ctx.directory[DESK].mailbox,
        "runs_desk": office_name(ctx, DESK_HEAD, full=True),
    }


def _sentence(ctx: Context, letter: AddressLetter, field: str, whose: str, new: str) -> str:
    name = office_name(ctx, letter.opd, full=True) if field == MAILBOX else whose
    what = f"Alamat cadangan {name}" if field == FALLBACK else f"Alamat email {name}"
    at = full_moment(letter.at, "id")
    return f"{what} di Laksa diganti menjadi {new}, sejak {at}." if new else f"{what} dihapus dari Laksa, {at}."


def render_overview(ctx: Context, overview: Overview) -> MailText:
    """The mail of an overview; Indonesian, as offices read it."""
    today = f"Laksa {short_date(ctx.now)}"
    match overview:
        case ExecutiveReport(to, cases):
            return render_table(ctx, to, cases)
        case DepartmentDigest():
            return render_letter(NoticeName.DIGEST, "id", today, digest_facts(ctx, overview))
        case DeskDigest():
            return render_letter(NoticeName.DESK_DIGEST, "id", today, desk_facts(ctx, overview))
        case MailboxLetter():
            return render_letter(NoticeName.MAILBOX_CHECK, "id", "Laksa", mailbox_facts(ctx, overview))
        case BoardLink():
            return render_letter(NoticeName.BOARD_LINK, "id", "Laksa", board_link_facts(ctx, overview))
        case AddressLetter():
            return render_letter(NoticeName.ADDRESS_CHANGED, "id", "Laksa", address_facts(ctx, overview))
        case ListMail():
            return render_letter(overview.template, "id", "Laksa", list_facts(ctx, overview))
