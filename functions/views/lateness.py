"""What a citizen reads once a deadline has passed: who knows of it, and who is next."""

from __future__ import annotations

from datetime import datetime

from functions.views.climbed import by_objection, climbed, holder_rungs
from functions.views.context import Case, Context
from functions.views.filling import fill
from functions.views.sentences import N_
from functions.views.standing import above, office, rung_title
from functions.views.words import full_moment, say
from workflows.domain.complaint import AT_DESK, WAITING, WITH_DEPARTMENT
from workflows.domain.rungs import Rung

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


def late_sentence(ctx: Context, case: Case, lang: str) -> str:
    """The sentence of the highest rung that time has climbed; empty while nothing is late."""
    due = late_rungs(ctx, case)
    if not due:
        return ""
    facts = _facts(ctx, case, due[-1], climbed(ctx, case), lang)
    return fill(say(lang, "pages")(_words(ctx, case, due[-1])), facts)


def late_rungs(ctx: Context, case: Case) -> list[Rung]:
    """The rungs that time, not an objection, has climbed beyond a deadline that is still past, lowest first."""
    if case.complaint.state not in (AT_DESK, *WITH_DEPARTMENT - {WAITING}) or not _is_past(ctx, case):
        return []
    moments = climbed(ctx, case)
    passed = [r for r in holder_rungs(ctx, case) if r.name in moments and r.share is None]
    return [r for r in passed if not by_objection(case, r)]


def _is_past(ctx: Context, case: Case) -> bool:
    """A deadline that lies ahead again, after an objection or a schedule, makes older rungs history."""
    complaint = case.complaint
    deadline = complaint.desk_by if complaint.state == AT_DESK else complaint.answer_by
    return deadline is None or deadline <= ctx.now


def _words(ctx: Context, case: Case, rung: Rung) -> str:
    if case.complaint.state == AT_DESK:
        return DESK_WENT_UP if rung.to in WENT_UP else DESK_OVERDUE
    if rung.to == MAYOR or above(ctx, case.complaint)[1]:
        return WENT_UP.get(rung.to, OVERDUE)
    return AT_THE_TOP


def _facts(ctx: Context, case: Case, rung: Rung, moments: dict[str, datetime], lang: str) -> dict[str, str]:
    complaint = case.complaint
    next_head, next_at = above(ctx, complaint)
    until = complaint.desk_by if complaint.state == AT_DESK else complaint.answer_by
    return {
        "opd": office(ctx, complaint.opd) or say(lang, "pages")("Operator Laksa"),
        "until": full_moment(until, lang) if until else "–",
        "at": full_moment(moments[rung.name], lang),
        "head": rung_title(ctx, complaint, rung.to),
        "next_head": next_head,
        "next_rung_at": full_moment(next_at, lang) if next_at else "–",
    }
