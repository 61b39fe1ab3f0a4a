"""The status of a complaint in words: label, sentence for the citizen, and who is next, until when
and what then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from functions.views.shared.context import Context
from functions.views.shared.i18n import Say, full_date, full_moment, translator
from functions.views.shared.strings import (
    CHOOSE,
    CLOSED_LABELS,
    CLOSED_SENTENCES,
    DONE,
    HELD,
    LABELS,
    N_,
    NOT_DONE,
    NOT_SENT_YET,
    OBJECTED_AT_DESK,
    REASON_WORDS,
    REOPENED,
    RETURNED,
    SENTENCES,
    TO_OFFICES,
)
from workflows.domain.actions.undo_window import leaves_at
from workflows.domain.complaint import model as c
from workflows.domain.complaint.model import Complaint
from workflows.domain.directory import DESK_HEAD
from workflows.domain.escalation.levels import PEOPLE
from workflows.domain.escalation.schedule import rungs_of, schedule_of

STAYS = N_("laporan tetap di daftar harian Wali Kota")
STAYS_OPEN = N_("laporan tetap terbuka sampai dijawab")


@dataclass(frozen=True)
class Next:
    """Who has to do what until when, and what happens if not. `until` is None when nothing is owed."""

    who: str
    until: datetime | None
    then: str


def office_name(ctx: Context, code: str | None, full: bool = False) -> str:
    """A department's short name, or its full name with the short one in brackets, for a first mention."""
    department = ctx.directory.get(code or "")
    if department is None:
        return code or ""
    if not full or department.name == department.short or department.short in department.name:
        return department.name if full else department.short
    return f"{department.name} ({department.short})"


def unit_name(ctx: Context, code: str | None, short: bool = False) -> str:
    """A unit's name or short name; the code itself for an unknown unit."""
    unit = ctx.directory.unit(code or "")
    if unit is None:
        return code or ""
    return unit.short if short else unit.name


def rung_title(ctx: Context, complaint: Complaint, to: str) -> str:
    """The title of the person at an escalation level of this complaint's ladder."""
    if to == "head":
        code = complaint.assignment.opd if complaint.assignment else DESK_HEAD
        return ctx.directory[code].head
    if to in ("sekda", "mayor"):
        return {"sekda": "Sekretaris Daerah", "mayor": "Wali Kota"}[to]
    if complaint.assignment is None:
        return ctx.directory["DESK"].short
    return office_name(ctx, complaint.assignment.opd)


def levels_above(ctx: Context, complaint: Complaint) -> tuple[str, datetime | None]:
    """(title, moment) of the next level above the holder that is not reached yet."""
    for step in schedule_of(complaint, ctx.policy).pending:
        if step.rung.to not in ("department", "desk"):
            return rung_title(ctx, complaint, step.rung.to), step.at
    return "", None


def highest_level(ctx: Context, complaint: Complaint) -> str:
    """The highest person of this complaint's ladder: the mayor, unless he must not be told."""
    people = [rung.to for rung in rungs_of(complaint, ctx.policy) if rung.to in PEOPLE]
    return people[-1] if people else "mayor"


def raised_to(ctx: Context, complaint: Complaint) -> str:
    """Title of the highest person it was escalated to; before any escalation, of the first one in line."""
    people = [rung for rung in rungs_of(complaint, ctx.policy) if rung.to in PEOPLE]
    behind = [rung for rung in people if rung.name in complaint.escalation.escalated] or people[:1]
    return rung_title(ctx, complaint, behind[-1].to if behind else highest_level(ctx, complaint))


def status_label(ctx: Context, complaint: Complaint, lang: str = "id") -> str:
    """The status as interface and glossary define it, with the department's or institution's name."""
    _ = translator(lang)
    if complaint.state == c.CLOSED:
        return _(CLOSED_LABELS.get(complaint.answer.closed_as, "selesai"))
    date = full_date(complaint.deadlines.scheduled_for, lang) if complaint.deadlines.scheduled_for else ""
    institution = ctx.labels.institution(complaint.external_to)[0]
    return _(LABELS[complaint.state]).format(
        opd=office_name(ctx, complaint.opd), date=date, instansi=institution or _("instansi lain")
    )


def office_label(ctx: Context, complaint: Complaint) -> str:
    """The status as offices read it."""
    return TO_OFFICES.get(complaint.state) or status_label(ctx, complaint)


def status_sentence(ctx: Context, complaint: Complaint, lang: str = "id") -> str:
    """What the status means for the citizen and what comes next."""
    _ = translator(lang)
    facts = _facts(ctx, complaint, _, lang)
    return " ".join(_(part).format(**facts) for part in _sentence_of(complaint, ctx.now))


def next_step(ctx: Context, complaint: Complaint, lang: str = "id") -> Next:
    """Who is next, until when, and what then: the three facts of every status."""
    _ = translator(lang)
    head, at = levels_above(ctx, complaint)
    stays = STAYS if highest_level(ctx, complaint) == "mayor" else STAYS_OPEN
    up = _("laporan naik ke {head}").format(head=head) if head else _(stays)
    if complaint.state == c.RECEIVED:
        return Next("Laksa", _routed_by(ctx, complaint), _("operator yang memilih OPD"))
    if complaint.state == c.AT_DESK:
        return Next(_("Operator Laksa"), _owed(ctx, complaint.deadlines.desk_by, at), up)
    if complaint.state == c.ANSWERED:
        return Next(_("Anda"), complaint.answer.confirm_by, _("laporan ditutup sebagai “tanpa tanggapan”"))
    if complaint.state == c.WAITING:
        then = _("batas waktu {opd} berjalan lagi").format(opd=office_name(ctx, complaint.opd))
        return Next(_("Anda"), complaint.deadlines.ask_until, then)
    if complaint.state in c.WITH_DEPARTMENT:
        return Next(office_name(ctx, complaint.opd), _owed(ctx, complaint.deadlines.answer_by, at), up)
    return Next("", None, "")


def dated_then(ctx: Context, complaint: Complaint, step: Next) -> str:
    """What then, with its own moment if that is later than `until`: offices are told both."""
    head, at = levels_above(ctx, complaint)
    later = head and at and step.until and at > step.until and head in step.then
    return f"{step.then} pada {full_moment(at, 'id')}" if later and at else step.then


def reason_words(reason: str, _: Say) -> str:
    """The public wording of a reason for archiving; an operator's own words unchanged."""
    return _(REASON_WORDS[reason]) if reason in REASON_WORDS else reason


def _routed_by(ctx: Context, complaint: Complaint) -> datetime:
    """The date promised for routing: the router takes a second, so it is the operator's, in case the text is
    unclear.
    """
    return ctx.policy.calendar().add_working_days(complaint.noted_at, ctx.policy.desk_days)


def _owed(ctx: Context, deadline: datetime | None, rung_at: datetime | None) -> datetime | None:
    """The deadline while it is in the future; then the moment of the next level."""
    return deadline if deadline and deadline > ctx.now else rung_at or deadline


def _sentence_of(complaint: Complaint, now: datetime) -> tuple[str, ...]:
    if leaves_at(complaint, now):
        return (NOT_SENT_YET,)
    if complaint.quarantine and complaint.state in (c.RECEIVED, c.AT_DESK):
        return (HELD,)
    if complaint.state == c.AT_DESK and complaint.returned_by:
        return (RETURNED,)
    if complaint.state == c.AT_DESK and complaint.answer.disputes:
        return (OBJECTED_AT_DESK,)
    if complaint.state == c.IN_PROGRESS and complaint.answer.disputes:
        return (REOPENED,)
    if complaint.state == c.ANSWERED:
        return (DONE if complaint.answer.outcome == "done" else NOT_DONE, CHOOSE)
    if complaint.state == c.CLOSED:
        return CLOSED_SENTENCES.get(complaint.answer.closed_as, CLOSED_SENTENCES[c.CONFIRMED])
    return (SENTENCES[complaint.state],)


def _facts(ctx: Context, complaint: Complaint, _: Say, lang: str) -> dict[str, str]:
    held = complaint.assignment
    until = complaint.deadlines.answer_by
    if complaint.state == c.AT_DESK:
        until = complaint.deadlines.desk_by
    elif complaint.state in (c.ANSWERED, c.CLOSED):
        until = complaint.answer.confirm_by
    elif complaint.state == c.WAITING:
        until = complaint.deadlines.ask_until
    elif complaint.state == c.RECEIVED:
        until = _routed_by(ctx, complaint)
    institution, how = ctx.labels.institution(complaint.external_to)
    desk = _("Operator Laksa")
    return {
        "opd": office_name(ctx, complaint.opd or complaint.returned_by, full=complaint.state == c.ASSIGNED)
        or desk,
        "opd_short": office_name(ctx, complaint.opd or complaint.returned_by) or desk,
        "until": full_moment(until, lang) if until else "–",
        "sent_at": full_moment(leaving, lang) if (leaving := leaves_at(complaint, ctx.now)) else "–",
        "ack_by": full_moment(held.ack_by, lang) if held else "–",
        "raised": raised_to(ctx, complaint),
        "head": levels_above(ctx, complaint)[0] or rung_title(ctx, complaint, highest_level(ctx, complaint)),
        "date": full_date(complaint.deadlines.scheduled_for, lang) if complaint.deadlines.scheduled_for else "–",
        "at": full_moment(complaint.erasure.ended_at or complaint.updated_at or complaint.received_at, lang),
        "instansi": institution or _("instansi lain"),
        "how": how or _("lewat kantor atau situs resminya"),
        "reason": reason_words(complaint.reason, _),
        "parent": complaint.parent,
    }


def place_of(ctx: Context, complaint: Complaint) -> str:
    """The place as typed, and its kelurahan."""
    return ", ".join(filter(None, (complaint.place, ctx.labels.area(complaint.kelurahan))))
