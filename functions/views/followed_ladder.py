"""Who has the case that a report is merged into, as the ladder on the follower's page."""

from __future__ import annotations

from datetime import datetime

from functions.views.context import Case, Context
from functions.views.filling import capital
from functions.views.followed import ITS_CITIZEN, follower_label
from functions.views.ladder_view import NOW, ON_DAY, PAST, SINCE, LadderStep, behind_steps, coming_steps
from functions.views.ladder_words import LadderWords
from functions.views.sentences import N_
from functions.views.standing import office
from functions.views.words import say
from workflows.domain.complaint import ANSWERED, AT_DESK, SCHEDULED, WAITING, WITH_DEPARTMENT, Complaint

OPERATOR = N_("Operator Laksa")
MERGED = N_("Digabung dengan {parent}")
TOGETHER = N_("Keduanya dikerjakan bersama, sejak {at}")
WORKS = N_("Mengerjakan laporan {parent}.")
CHOOSES = N_("Membaca laporan {parent} dan memilih OPD.")
REPLIES = N_("Menjawab pertanyaan {opd}.")
CONFIRMS = N_("Menyatakan apakah sudah selesai. Anda dapat menyatakan keberatan sendiri.")
OBJECT = N_("Anda tetap dapat menyatakan keberatan.")


def followed_steps(ctx: Context, case: Case, parent: Case, lang: str) -> list[LadderStep]:
    """From Laksa to whoever has the parent now, and who would be next; exactly one step is now."""
    words = LadderWords(ctx, lang, say(lang, "pages"))
    facts = {"parent": parent.complaint.ticket, "at": words.day(case.complaint.ended_at)}
    merged = LadderStep(words.say(MERGED, **facts), PAST, note=words.say(TOGETHER, **facts))
    holds = parent.complaint.state in {AT_DESK, *WITH_DEPARTMENT} - {WAITING}
    coming = coming_steps(ctx, parent, lang) if holds else []
    return [*behind_steps(ctx, case, lang), merged, _now(words, parent.complaint), *coming]


def _now(words: LadderWords, parent: Complaint) -> LadderStep:
    facts = {"parent": parent.ticket, "opd": office(words.ctx, parent.opd)}
    if parent.state == SCHEDULED:
        lead = words.say(ON_DAY, until=words.day(parent.scheduled_for))
        return LadderStep(facts["opd"], NOW, lead, words.say(WORKS, **facts))
    if parent.state in {AT_DESK, ANSWERED, *WITH_DEPARTMENT}:
        who, until, does = _owing(parent)
        return LadderStep(words.say(who, **facts), NOW, words.until(until), words.say(does, **facts))
    since = words.say(SINCE, at=words.moment(parent.ended_at or parent.updated_at))
    return LadderStep(capital(follower_label(words.ctx, parent, words.lang)), NOW, since, words.say(OBJECT))


def _owing(parent: Complaint) -> tuple[str, datetime | None, str]:
    """Whose turn it is with the case, until when, and what they do."""
    if parent.state == AT_DESK:
        return OPERATOR, parent.desk_by, CHOOSES
    if parent.state == WAITING:
        return ITS_CITIZEN, parent.ask_until, REPLIES
    if parent.state == ANSWERED:
        return ITS_CITIZEN, parent.confirm_by, CONFIRMS
    return "{opd}", parent.answer_by, WORKS
