"""The list mail: one row per complaint with its own link, and what happens if nobody acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.views.mail.department_digest import Line, case_row, deadline, kelurahan
from functions.views.mail.facts import TemplateVars
from functions.views.shared.context import Context
from functions.views.shared.i18n import full_moment, number, short_date, short_moment
from functions.views.shared.office_case import due_words, plan_words, taken_words
from functions.views.shared.status_text import office_name, rung_title
from workflows.domain.complaint.model import Complaint
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.deadlines.policy import PEOPLE
from workflows.domain.escalation.schedule import schedule_of
from workflows.mail.digests import ListMail


@dataclass(frozen=True)
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
            return _Rising(f"{how} {rung_title(ctx, case, step.rung.to)}", at)
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
