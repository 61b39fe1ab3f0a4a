"""The desk's morning letter: whom to phone, and what Laksa cannot mend by itself."""

from __future__ import annotations

from functions.views.alarm_words import (
    call_words,
    dead_words,
    letters_words,
    phone_words,
    recipient_words,
    silent_words,
    year_words,
)
from functions.views.context import Context
from functions.views.mail_facts import Facts
from functions.views.words import full_moment, number
from workflows.domain.complaint import Complaint
from workflows.overviews import DeskDigest


def desk_facts(ctx: Context, digest: DeskDigest) -> Facts:
    """What the desk's template shows."""
    morning = digest.morning
    calls = zip(morning.calls, digest.paths, strict=True)
    path, until = digest.board
    return {
        "addressee": "operator Laksa",
        "count": number(morning.count),
        "board": ctx.url + path,
        "until": full_moment(until, "id"),
        "calls": [(case.ticket, call_words(ctx, case), ctx.url + path) for case, path in calls],
        "waiting": [
            (case.ticket, _waiting(ctx, case), ctx.url + path)
            for case, path in zip(morning.waiting, digest.waiting, strict=True)
        ],
        "waiting_total": number(morning.waiting_total),
        "waiting_more": number(more) if (more := morning.waiting_total - len(morning.waiting)) > 0 else "",
        "silent": [
            (phone_words(ctx, silent.opd), silent_words(silent), ctx.url + digest.silent[silent.opd])
            for silent in morning.silent
            if silent.case
        ],
        "silent_unnamed": [
            (phone_words(ctx, silent.opd), silent_words(silent)) for silent in morning.silent if not silent.case
        ],
        "undelivered": [(recipient_words(ctx, lost), letters_words(lost)) for lost in morning.undelivered],
        "dead": dead_words(morning.dead) if morning.dead else "",
        "years": [": ".join(year_words(ctx, year)) for year in morning.years],
    }


def _waiting(ctx: Context, case: Complaint) -> str:
    """Until when the desk must choose; of a restricted case nothing else."""
    until = full_moment(case.desk_by, "id") if case.desk_by else "–"
    words = "lewat, batasnya" if case.desk_by and case.desk_by <= ctx.now else "pilih OPD sampai"
    marks = ["terbatas"] if case.restricted else ["mendesak"] if case.urgent else []
    return " · ".join((*marks, f"{words} {until}"))
