"""Which rungs this case has climbed while its present holder had it, and when."""

from __future__ import annotations

from datetime import datetime

from functions.views.context import Case, Context
from workflows.domain.change import EventName
from workflows.domain.complaint import AT_DESK
from workflows.domain.keeping_out import may_hear
from workflows.domain.rungs import PEOPLE, Rung, ahead

TITLED = PEOPLE
"""The rungs that are people above the holder; the others are reminders to the holder."""


def holder_rungs(ctx: Context, case: Case) -> tuple[Rung, ...]:
    """The ladder of whoever holds the case, without whom it accuses; empty while nobody does."""
    complaint = case.complaint
    kind = complaint.assignment.kind if complaint.assignment else "desk" if complaint.state == AT_DESK else ""
    rungs = ctx.policy.ladder_for(kind, complaint.urgent) if kind else ()
    return tuple(rung for rung in rungs if may_hear(complaint, rung.to) or rung.name in complaint.rungs)


def people_ahead(ctx: Context, case: Case) -> list[Rung]:
    """The people above the holder who have not heard of the case, lowest first."""
    return [rung for rung in ahead(holder_rungs(ctx, case), case.complaint.rungs) if rung.to in TITLED]


def climbed(ctx: Context, case: Case) -> dict[str, datetime]:
    """Rung name → when it was climbed under the present holder; an objection climbs one rung, too."""
    complaint = case.complaint
    since = complaint.assignment.since if complaint.assignment else complaint.desk_since
    if since is None:
        return {}
    by_time = {e.facts.get("rung"): e.at for e in case.timeline if e.event == EventName.RUNG and e.at}
    objections = [e.at for e in case.timeline if e.event == EventName.DISPUTED and e.at]
    moments = {}
    for rung in holder_rungs(ctx, case):
        at = by_time.get(rung.name) or (objections[-1] if objections and rung.to in TITLED else None)
        if rung.name in complaint.rungs and at and at >= since:
            moments[rung.name] = at
    return moments


def by_objection(case: Case, rung: Rung) -> bool:
    """Whether it was climbed because the citizen disagreed, not because of a deadline."""
    return not any(e.event == EventName.RUNG and e.facts.get("rung") == rung.name for e in case.timeline)
