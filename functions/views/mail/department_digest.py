"""A department's digest: overdue, due today, new, and what citizens have added; one row per complaint."""

from __future__ import annotations
from collections.abc import Callable
from textwrap import wrap

from functions.views.mail.facts import TemplateVars
from functions.views.shared.context import Context
from functions.views.shared.office_case import due_words, plan_words, taken_words
from functions.views.shared.plain_text import one_line
from functions.views.shared.rendering import full_moment, number, short_date, short_moment
from functions.views.shared.status_text import office_name
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import TimelineEvent
from workflows.domain.privacy.redaction import mask_identifiers
from workflows.mail.digests import DepartmentDigest
from workflows.office.digest import Added, DepartmentMorning, Section

WIDTH, MAX_LINES = 70, 3
"""The most lines, and their width, that a digest quotes of an addition."""

Row = tuple[str, str]
"""(ticket, text about it)."""

Line = Callable[[Context, Complaint], list[str]]


def digest_facts(ctx: Context, digest: DepartmentDigest) -> TemplateVars:
    """The template's variables."""
    morning = digest.morning
    sections: list[tuple[str, Section, Line]] = [
        ("Lewat batas waktu", morning.overdue, _overdue),
        ("Habis hari ini", morning.today, _due_today),
        ("Baru", morning.new, _new),
    ]
    return {
        "addressee": f"petugas {office_name(ctx, morning.opd)}",
        "opd": office_name(ctx, morning.opd),
        "summary": summary(morning),
        "groups": [_group(ctx, *section) for section in sections if section[1].total],
        "added_head": f"Keterangan baru dari pelapor: {number(morning.added_total)}",
        "added": [(_added(ctx, added.complaint), _words(added)) for added in morning.added],
        "added_left_out": morning.added_total - len(morning.added),
        "link": ctx.url + digest.path,
        "until": full_moment(digest.until, "id"),
    }


def summary(morning: DepartmentMorning) -> str:
    """“3 baru, 1 habis hari ini, 2 lewat”, without zeros."""
    counted = {"baru": morning.new, "habis hari ini": morning.today, "lewat": morning.overdue}
    parts = [f"{number(section.total)} {words}" for words, section in counted.items() if section.total]
    return ", ".join(parts) or f"{number(morning.added_total)} keterangan baru"


def case_row(ctx: Context, case: Complaint, words: Line) -> Row:
    """One complaint; of a restricted one only ticket and deadline."""
    told = ["terbatas", deadline(case)] if case.restricted else words(ctx, case)
    urgent = "mendesak" if case.urgent and not case.restricted else ""
    return case.ticket, " · ".join(filter(None, (urgent, *told)))


def deadline(case: Complaint) -> str:
    """The deadline: with hours for danger, as a day for others and for restricted complaints."""
    if case.deadlines.answer_by is None:
        return ""
    return (
        short_moment(case.deadlines.answer_by)
        if case.urgent and not case.restricted
        else short_date(case.deadlines.answer_by)
    )


def kelurahan(ctx: Context, case: Complaint) -> str:
    """The name of the kelurahan, or nothing."""
    return ctx.labels.kelurahan.get(case.kelurahan or "", ("", ""))[0]


def _group(ctx: Context, head: str, section: Section, words: Line) -> tuple[str, list[Row]]:
    rows = [case_row(ctx, case, words) for case in section.cases]
    left_out = section.total - len(rows)
    rest = [("", f"{number(left_out)} laporan lain ada di daftar")] if left_out > 0 else []
    return f"{head}: {number(section.total)}", rows + rest


def _overdue(ctx: Context, case: Complaint) -> list[str]:
    return [due_words(ctx, case).words, kelurahan(ctx, case), *_who(ctx, case)]


def _due_today(ctx: Context, case: Complaint) -> list[str]:
    return [ctx.labels.category(case.category), kelurahan(ctx, case), *_who(ctx, case)]


def _new(ctx: Context, case: Complaint) -> list[str]:
    due = f"sampai {deadline(case)}"
    return [ctx.labels.category(case.category), kelurahan(ctx, case), due, *_who(ctx, case)]


def _who(ctx: Context, case: Complaint) -> list[str]:
    return [taken_words(ctx, case), plan_words(ctx, case)]


def _added(ctx: Context, case: Complaint) -> Row:
    return case_row(ctx, case, lambda ctx, case: [due_words(ctx, case).words, kelurahan(ctx, case)])


def _words(added: Added) -> str:
    """What the citizen wrote, masked and shortened; the full text is behind the link."""
    return "\n".join(_shortened(entry) for entry in added.entries)


def _shortened(entry: TimelineEvent) -> str:
    photos = len(entry.facts.get("photos", ()))
    text = " ".join(filter(None, (f"({photos} foto)" if photos else "", one_line(mask_identifiers(entry.text)))))
    return " ".join(wrap(text, WIDTH, max_lines=MAX_LINES, placeholder=" …", break_on_hyphens=False))
