"""The line that says who is next, until when, and what happens if not."""

from __future__ import annotations

from functions.views.context import Context
from functions.views.sentences import N_
from functions.views.standing import Next, next_step
from functions.views.words import full_moment, say
from workflows.domain import complaint as c
from workflows.domain.complaint import Complaint

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
    """“Berikutnya: …” out of standing.next_step; empty where nobody owes anything."""
    if complaint.state == c.RECEIVED:
        until = ctx.policy.calendar().add_working_days(complaint.noted_at, ctx.policy.desk_days)
        return say(lang, "mails")(ROUTING).format(until=full_moment(until, lang))
    step = next_step(ctx, complaint, lang)
    if not step.who or step.until is None:
        return ""
    overdue = step.until <= ctx.now and complaint.state not in (c.ANSWERED, c.WAITING)
    return _late(complaint, step, lang) if overdue else _ahead(complaint, step, lang)


def _ahead(complaint: Complaint, step: Next, lang: str) -> str:
    _ = say(lang, "mails")
    does = _(DOES.get(complaint.state, ANSWERS))
    until = full_moment(step.until, lang) if step.until else ""
    return _(AHEAD).format(who=step.who, does=does, until=until, then=step.then)


def _late(complaint: Complaint, step: Next, lang: str) -> str:
    """On the top rung no later moment is left to name, only the deadline that passed."""
    at_desk = complaint.state == c.AT_DESK
    deadline = (complaint.desk_by if at_desk else complaint.answer_by) or step.until
    line = say(lang, "mails")(LATE_AT_DESK if at_desk else LATE)
    return line.format(who=step.who, until=full_moment(deadline, lang) if deadline else "", then=step.then)
