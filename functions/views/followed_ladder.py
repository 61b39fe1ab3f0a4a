"""Who has the case that a report is merged into, as the ladder on the follower's page."""

from __future__ import annotations

from datetime import datetime

from functions.views.context import Case, Context
from functions.views.filling import capital, fill
from functions.views.followed import ITS_CITIZEN, follower_label
from functions.views.ladder_view import (
    NOW,
    ON_DAY,
    OVERDUE,
    PAST,
    SINCE,
    UNTIL,
    LadderStep,
    behind_steps,
    coming_steps,
)
from functions.views.sentences import N_
from functions.views.standing import office
from functions.views.words import full_moment, say, short_date
from workflows.domain.complaint import ANSWERED, AT_DESK, SCHEDULED, WAITING, WITH_DEPARTMENT, Complaint

MERGED = N_("Digabung dengan {parent}")
TOGETHER = N_("Keduanya dikerjakan bersama, sejak {at}")
WORKS = N_("Mengerjakan laporan {parent}.")
CHOOSES = N_("Membaca laporan {parent} dan memilih OPD.")
REPLIES = N_("Menjawab pertanyaan {opd}.")
CONFIRMS = N_("Menyatakan apakah sudah selesai. Anda dapat menyatakan keberatan sendiri.")
OBJECT = N_("Anda tetap dapat menyatakan keberatan.")


def followed_steps(ctx: Context, case: Case, parent: Case, lang: str) -> list[LadderStep]:
    """From Laksa to whoever has the parent now, and who would be next; exactly one step is now."""
    facts = {"parent": parent.complaint.ticket, "at": _day(case.complaint.ended_at, lang)}
    merged = LadderStep(_say(lang, MERGED, **facts), PAST, note=_say(lang, TOGETHER, **facts))
    holds = parent.complaint.state in {AT_DESK, *WITH_DEPARTMENT} - {WAITING}
    coming = coming_steps(ctx, parent, lang) if holds else []
    return [*behind_steps(ctx, case, lang), merged, _now(ctx, parent.complaint, lang), *coming]


def _now(ctx: Context, parent: Complaint, lang: str) -> LadderStep:
    facts = {"parent": parent.ticket, "opd": office(ctx, parent.opd)}
    if parent.state == AT_DESK:
        return _owing(ctx, _say(lang, N_("Operator Laksa")), parent.desk_by, _say(lang, CHOOSES, **facts), lang)
    if parent.state == SCHEDULED:
        day = _day(parent.scheduled_for, lang)
        return LadderStep(facts["opd"], NOW, _say(lang, ON_DAY, until=day), _say(lang, WORKS, **facts))
    if parent.state == WAITING:
        note = _say(lang, REPLIES, **facts)
        return _owing(ctx, _say(lang, ITS_CITIZEN, **facts), parent.ask_until, note, lang)
    if parent.state == ANSWERED:
        return _owing(ctx, _say(lang, ITS_CITIZEN, **facts), parent.confirm_by, _say(lang, CONFIRMS), lang)
    if parent.state in WITH_DEPARTMENT:
        return _owing(ctx, facts["opd"], parent.answer_by, _say(lang, WORKS, **facts), lang)
    since = _say(lang, SINCE, at=_moment(parent.ended_at or parent.updated_at, lang))
    return LadderStep(capital(follower_label(ctx, parent, lang)), NOW, since, _say(lang, OBJECT))


def _owing(ctx: Context, name: str, until: datetime | None, note: str, lang: str) -> LadderStep:
    late = until is not None and until <= ctx.now
    return LadderStep(name, NOW, _say(lang, OVERDUE if late else UNTIL, until=_moment(until, lang)), note)


def _say(lang: str, words: str, **facts: str) -> str:
    return fill(say(lang, "pages")(words), facts)


def _moment(at: datetime | None, lang: str) -> str:
    return full_moment(at, lang) if at else "–"


def _day(at: datetime | None, lang: str) -> str:
    return short_date(at, lang) if at else "–"
