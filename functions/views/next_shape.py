"""Who is next, until when and what then, as machines read it: never a date that has passed."""

from __future__ import annotations

from typing import Any

from functions.views.context import Context
from functions.views.filling import fill
from functions.views.sentences import N_
from functions.views.standing import Next, office
from functions.views.words import iso, say
from workflows.domain.complaint import SCHEDULED, Complaint

COMES_BACK = N_("laporan kembali ke {opd} untuk dijawab")


def next_shape(ctx: Context, complaint: Complaint, step: Next, lang: str) -> dict[str, Any]:
    """`who`, `until` and `then` of a step.

    until: ISO 8601, None where no date lies ahead. While a day is planned it is that day; the deadline has a field
    of its own.
    """
    planned = complaint.scheduled_for if complaint.state == SCHEDULED else None
    if planned and planned > ctx.now:
        then = fill(say(lang, "pages")(COMES_BACK), {"opd": office(ctx, complaint.opd)})
        step = Next(step.who, planned, then)
    ahead = step.until if step.until and step.until > ctx.now else None
    return {"who": step.who, "until": iso(ahead), "then": step.then}
