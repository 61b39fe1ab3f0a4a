"""Why a deadline is another one than it was: the sentence that both sides read."""

from __future__ import annotations

from datetime import datetime

from functions.views.context import Case, Context
from functions.views.filling import fill
from functions.views.sentences import N_
from functions.views.standing import office
from functions.views.words import full_date, full_moment, say
from workflows.domain.change import Entry, EventName
from workflows.domain.complaint import WAITING, WITH_DEPARTMENT, Complaint

MOVED = N_("Batas waktu berubah dari {old} menjadi {new}, karena {reason}.")
SCHEDULED = N_("{opd} menjadwalkan {date}")
WAITED = N_("menunggu keterangan dari {whom}")
WAITED_A_DAY = N_("menunggu keterangan dari {whom} selama 1 hari kerja")
WAITED_DAYS = N_("menunggu keterangan dari {whom} selama {n} hari kerja")


def why_moved(ctx: Context, case: Case, lang: str, reader: str = "citizen") -> str:
    """What made the deadline that runs now; empty where it is the first one, or none runs."""
    if case.complaint.state not in WITH_DEPARTMENT - {WAITING}:
        return ""
    made = [e for e in case.timeline if e.facts.get("new") == case.complaint.answer_by]
    told = [moved_words(ctx, case.complaint, entry, lang, reader) for entry in made]
    return next(filter(None, reversed(told)), "")


def moved_words(ctx: Context, complaint: Complaint, entry: Entry, lang: str, reader: str = "citizen") -> str:
    """How one event moved the deadline; empty where it did not."""
    old, new = entry.facts.get("old"), entry.facts.get("new")
    if not (isinstance(old, datetime) and isinstance(new, datetime) and old < new):
        return ""
    _ = say(lang, "pages")
    calendar = ctx.policy.calendar()
    days = calendar.working_time(old, new) // calendar.day_length(old)
    reason = fill(_(_reason(complaint, entry, days)), _facts(ctx, entry, lang, reader) | {"n": str(days)})
    return fill(_(MOVED), {"old": full_moment(old, lang), "new": full_moment(new, lang), "reason": reason})


def _reason(complaint: Complaint, entry: Entry, days: int) -> str:
    """Where there is danger the clock is around the clock, and stood for hours."""
    if entry.event == EventName.SCHEDULED:
        return SCHEDULED
    if complaint.urgent or days < 1:
        return WAITED
    return WAITED_A_DAY if days == 1 else WAITED_DAYS


def _facts(ctx: Context, entry: Entry, lang: str, reader: str) -> dict[str, str]:
    date = entry.facts.get("date")
    return {
        "opd": office(ctx, entry.opd),
        "date": full_date(date, lang) if isinstance(date, datetime) else "–",
        "whom": "Anda" if reader == "citizen" else "pelapor",
    }
