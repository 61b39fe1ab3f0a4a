"""Escalation in words for the citizen: who was told after a missed deadline under the present holder, who is next
until when, and what happens if not.
"""

from __future__ import annotations

from datetime import datetime

from functions.views.shared.context import CaseView, Context
from functions.views.shared.i18n import fill_blanks, full_moment, translator
from functions.views.shared.status_text import Next, levels_above, next_step, office_name, rung_title
from functions.views.shared.strings import N_
from workflows.domain.access.restrictions import can_be_notified
from workflows.domain.complaint import model as c
from workflows.domain.complaint.model import AT_DESK, WAITING, WITH_DEPARTMENT, Complaint
from workflows.domain.complaint.transition import EventName
from workflows.domain.escalation.levels import PEOPLE, EscalationLevel, levels_ahead

TITLED = PEOPLE
"""Levels that are people above the holder; the others are reminders to the holder."""


def holder_rungs(ctx: Context, case: CaseView) -> tuple[EscalationLevel, ...]:
    """The ladder of the holder without the accused; () without a holder."""
    complaint = case.complaint
    kind = complaint.assignment.kind if complaint.assignment else "desk" if complaint.state == AT_DESK else ""
    rungs = ctx.policy.ladder_for(kind, complaint.urgent) if kind else ()
    return tuple(
        rung
        for rung in rungs
        if can_be_notified(complaint, rung.to) or rung.name in complaint.escalation.escalated
    )


def people_ahead(ctx: Context, case: CaseView) -> list[EscalationLevel]:
    """The people above the holder who have not been told of the complaint, lowest first."""
    return [
        rung
        for rung in levels_ahead(holder_rungs(ctx, case), case.complaint.escalation.escalated)
        if rung.to in TITLED
    ]


def escalated_levels(ctx: Context, case: CaseView) -> dict[str, datetime]:
    """Name of a level → when it was reached under the present holder; an objection also escalates by one level."""
    complaint = case.complaint
    since = complaint.assignment.since if complaint.assignment else complaint.deadlines.desk_since
    if since is None:
        return {}
    by_time = {e.facts.get("rung"): e.at for e in case.timeline if e.event == EventName.RUNG and e.at}
    objections = [e.at for e in case.timeline if e.event == EventName.DISPUTED and e.at]
    moments = {}
    for rung in holder_rungs(ctx, case):
        at = by_time.get(rung.name) or (objections[-1] if objections and rung.to in TITLED else None)
        if rung.name in complaint.escalation.escalated and at and at >= since:
            moments[rung.name] = at
    return moments


def by_objection(case: CaseView, rung: EscalationLevel) -> bool:
    """Whether the level was reached by an objection, not by a deadline."""
    return not any(e.event == EventName.RUNG and e.facts.get("rung") == rung.name for e in case.timeline)


MAYOR = "mayor"

OVERDUE = N_(
    "{opd} melewati batas waktu {until}. Kami sudah mengingatkannya. Bila belum ada jawaban sampai "
    "{next_rung_at}, laporan naik ke {next_head}. Maaf, Anda harus menunggu lebih lama."
)
AT_THE_TOP = N_("{opd} melewati batas waktu {until}. Maaf, Anda harus menunggu lebih lama.")
WENT_UP = {
    "head": N_(
        "Laporan Anda naik ke {head} pada {at}. {opd} tetap yang menjawab, dan {head} tahu bahwa batas "
        "waktunya lewat. Berikutnya: {next_head}, pada {next_rung_at}."
    ),
    "sekda": N_(
        "Laporan Anda ada di daftar harian {head} sejak {at}, karena {opd} belum menjawab. Berikutnya: "
        "{next_head}, pada {next_rung_at}."
    ),
    MAYOR: N_(
        "Laporan Anda ada di daftar harian Wali Kota sejak {at}, dan tetap di sana sampai dijawab. Di atas "
        "itu tidak ada lagi jenjang di kota. Anda juga berhak mengadu ke Ombudsman RI Perwakilan Banten."
    ),
}

DESK_OVERDUE = N_(
    "Operator melewati batas waktu {until}. Bila OPD belum dipilih sampai {next_rung_at}, laporan naik ke "
    "{next_head}. Maaf, Anda harus menunggu lebih lama."
)
DESK_WENT_UP = N_(
    "Laporan Anda naik ke {head} pada {at}, karena operator belum memilih OPD. Operator tetap yang memilih. "
    "Maaf, Anda harus menunggu lebih lama."
)


def late_sentence(ctx: Context, case: CaseView, lang: str) -> str:
    """The sentence of the highest level reached by time; '' while nothing is late."""
    due = late_rungs(ctx, case)
    if not due:
        return ""
    facts = _facts(ctx, case, due[-1], escalated_levels(ctx, case), lang)
    return fill_blanks(translator(lang, "pages")(_words(ctx, case, due[-1])), facts)


def late_rungs(ctx: Context, case: CaseView) -> list[EscalationLevel]:
    """The levels reached by time, not by an objection, after a deadline that is still past, lowest first."""
    if case.complaint.state not in (AT_DESK, *WITH_DEPARTMENT - {WAITING}) or not _is_past(ctx, case):
        return []
    moments = escalated_levels(ctx, case)
    passed = [r for r in holder_rungs(ctx, case) if r.name in moments and r.share is None]
    return [r for r in passed if not by_objection(case, r)]


def _is_past(ctx: Context, case: CaseView) -> bool:
    """Whether the deadline is past: one in the future, after an objection or a schedule, makes older levels
    history.
    """
    complaint = case.complaint
    deadline = complaint.deadlines.desk_by if complaint.state == AT_DESK else complaint.deadlines.answer_by
    return deadline is None or deadline <= ctx.now


def _words(ctx: Context, case: CaseView, rung: EscalationLevel) -> str:
    if case.complaint.state == AT_DESK:
        return DESK_WENT_UP if rung.to in WENT_UP else DESK_OVERDUE
    if rung.to == MAYOR or levels_above(ctx, case.complaint)[1]:
        return WENT_UP.get(rung.to, OVERDUE)
    return AT_THE_TOP


def _facts(
    ctx: Context, case: CaseView, rung: EscalationLevel, moments: dict[str, datetime], lang: str
) -> dict[str, str]:
    complaint = case.complaint
    next_head, next_at = levels_above(ctx, complaint)
    until = complaint.deadlines.desk_by if complaint.state == AT_DESK else complaint.deadlines.answer_by
    return {
        "opd": office_name(ctx, complaint.opd) or translator(lang, "pages")("Operator Laksa"),
        "until": full_moment(until, lang) if until else "–",
        "at": full_moment(moments[rung.name], lang),
        "head": rung_title(ctx, complaint, rung.to),
        "next_head": next_head,
        "next_rung_at": full_moment(next_at, lang) if next_at else "–",
    }


AHEAD = N_("Berikutnya: {who} {does} paling lambat {until}. Bila lewat: {then}.")
ROUTING = N_(
    "Berikutnya: Laksa memilih OPD yang berwenang. Bila belum jelas: operator memilihnya paling lambat {until}."
)
LATE = N_("Berikutnya: {who} masih harus menjawab; batas waktu {until} sudah lewat. Bila tetap belum: {then}.")
LATE_AT_DESK = N_(
    "Berikutnya: {who} masih harus memilih OPD; batas waktu {until} sudah lewat. Bila tetap belum: {then}."
)
ANSWERS = N_("menjawab")
DOES = {
    c.AT_DESK: N_("memilih OPD"),
    c.WAITING: N_("menjawab pertanyaan"),
    c.ANSWERED: N_("memilih “Sudah selesai” atau “Belum selesai”"),
}


def next_line(ctx: Context, complaint: Complaint, lang: str) -> str:
    """“Berikutnya: …” from status_text.next_step; '' when nobody owes anything."""
    if complaint.state == c.RECEIVED:
        until = ctx.policy.calendar().add_working_days(complaint.noted_at, ctx.policy.desk_days)
        return translator(lang, "mails")(ROUTING).format(until=full_moment(until, lang))
    step = next_step(ctx, complaint, lang)
    if not step.who or step.until is None:
        return ""
    overdue = step.until <= ctx.now and complaint.state not in (c.ANSWERED, c.WAITING)
    return _late(complaint, step, lang) if overdue else _ahead(complaint, step, lang)


def _ahead(complaint: Complaint, step: Next, lang: str) -> str:
    _ = translator(lang, "mails")
    does = _(DOES.get(complaint.state, ANSWERS))
    until = full_moment(step.until, lang) if step.until else ""
    return _(AHEAD).format(who=step.who, does=does, until=until, then=step.then)


def _late(complaint: Complaint, step: Next, lang: str) -> str:
    """The line for the top level: it has no later moment to name, only the deadline that passed."""
    at_desk = complaint.state == c.AT_DESK
    deadline = (complaint.deadlines.desk_by if at_desk else complaint.deadlines.answer_by) or step.until
    line = translator(lang, "mails")(LATE_AT_DESK if at_desk else LATE)
    return line.format(who=step.who, until=full_moment(deadline, lang) if deadline else "", then=step.then)
