"""Which rungs this case has climbed while its present holder had it, and when."""

from __future__ import annotations

from datetime import datetime

from functions.views.context import Case, Context
from workflows.domain.complaint import AT_DESK
from workflows.domain.policy import Rung

TITLED = ("head", "sekda", "mayor")
"""The rungs that are people above the holder; the others are reminders to the holder."""


def holder_rungs(ctx: Context, case: Case) -> tuple[Rung, ...]:
    """The ladder of whoever holds the case; empty while nobody does."""
    complaint = case.complaint
    if complaint.assignment:
        return ctx.policy.ladder_for(complaint.assignment.kind)
    return ctx.policy.ladder_for("desk") if complaint.state == AT_DESK else ()


def climbed(ctx: Context, case: Case) -> dict[str, datetime]:
    """Rung name → when it was climbed under the present holder; an objection climbs one rung, too."""
    complaint = case.complaint
    since = complaint.assignment.since if complaint.assignment else complaint.desk_since
    if since is None:
        return {}
    by_time = {e.facts.get("rung"): e.at for e in case.timeline if e.event == "rung" and e.at}
    objections = [e.at for e in case.timeline if e.event == "disputed" and e.at]
    moments = {}
    for rung in holder_rungs(ctx, case):
        at = by_time.get(rung.name) or (objections[-1] if objections and rung.to in TITLED else None)
        if rung.name in complaint.rungs and at and at >= since:
            moments[rung.name] = at
    return moments


def by_objection(case: Case, rung: Rung) -> bool:
    """Whether it was climbed because the citizen disagreed, not because of a deadline."""
    return not any(e.event == "rung" and e.facts.get("rung") == rung.name for e in case.timeline)
