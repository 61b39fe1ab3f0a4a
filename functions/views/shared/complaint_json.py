"""A complaint as JSON: the common shape of the citizen's, the officer's and the desk's page, with the next step,
which never has a past date.
"""

from __future__ import annotations
from collections.abc import Callable
from typing import Any

from functions.views.shared.context import CaseView, Context
from functions.views.shared.rendering import fill_blanks, iso, translator
from functions.views.shared.status_text import Next, dated_then, next_step, office_name, place_of
from functions.views.shared.strings import N_
from functions.views.shared.timeline import event_words, office_text, shown_events
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import TimelineEvent
from workflows.domain.privacy.redaction import untagged

COMES_BACK = N_("laporan kembali ke {opd} untuk dijawab")


def next_shape(ctx: Context, complaint: Complaint, step: Next, lang: str) -> dict[str, Any]:
    """`who`, `until` and `then` of a step. `until`: ISO 8601, None without a future date. While a day is scheduled
    it is that day; the deadline has a field of its own.
    """
    planned = complaint.deadlines.scheduled_for if complaint.state == State.SCHEDULED else None
    if planned and planned > ctx.now:
        then = fill_blanks(translator(lang, "pages")(COMES_BACK), {"opd": office_name(ctx, complaint.opd)})
        step = Next(step.who, planned, then)
    ahead = step.until if step.until and step.until > ctx.now else None
    return {"who": step.who, "until": iso(ahead), "then": step.then}


Shape = dict[str, Any]


def case_shape(ctx: Context, case: CaseView, hide: Callable[[str], str] = untagged, reader: str = "citizen") -> Shape:
    """The common fields of all three; `hide` masks texts for offices."""
    complaint = case.complaint
    lang = complaint.lang if reader == "citizen" else "id"
    step = next_step(ctx, complaint, lang)

    def told(entry: TimelineEvent) -> str:
        text = office_text(entry) if reader == "office" else entry.text
        return text or event_words(ctx, complaint, entry, lang, reader=reader)

    who = "Pelapor" if complaint.state in (State.ANSWERED, State.WAITING) and reader != "citizen" else step.who
    then = step.then if reader == "citizen" else dated_then(ctx, complaint, step)
    return {
        "ticket": complaint.ticket,
        "status": complaint.state,
        **({"closed_as": complaint.answer.closed_as} if complaint.state == State.CLOSED else {}),
        "department": department_shape(ctx, complaint),
        "deadline": iso(complaint.deadlines.answer_by),
        "next": next_shape(ctx, complaint, Next(who, step.until, then), lang),
        "message": hide(complaint.text),
        "timeline": [
            {"at": iso(entry.at), "event": entry.event, "by": entry.by, "text": hide(told(entry))}
            for entry in shown_events(case, reader)
        ],
    }


def office_shape(ctx: Context, case: CaseView, actions: tuple[str, ...]) -> Shape:
    """The fields for offices: texts masked, with the place and the possible actions."""
    from workflows.domain.privacy.redaction import mask_identifiers

    shape = case_shape(ctx, case, mask_identifiers, reader="office")
    merged = {"parent": {"ticket": case.complaint.parent}} if case.complaint.parent else {}
    return shape | {"place": mask_identifiers(place_of(ctx, case.complaint)), "actions": list(actions)} | merged


def department_shape(ctx: Context, complaint: Complaint) -> Shape | None:
    """Code and name of the holder; outside the city, EXTERNAL and the institution's name."""
    if complaint.opd is None:
        return None
    if complaint.state == State.EXTERNAL:
        return {"code": "EXTERNAL", "name": ctx.labels.institution(complaint.external_to)[0]}
    department = ctx.directory.get(complaint.opd)
    return {"code": complaint.opd, "name": department.name if department else complaint.opd}
