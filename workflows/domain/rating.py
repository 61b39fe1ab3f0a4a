"""How satisfied a citizen is with an answer or an end; said again, the last one counts."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.change import CITIZEN, Change, Entry, EventName, changed
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.complaint import ANSWERED, CLOSED, EXTERNAL, MERGED, REJECTED, Complaint
from workflows.domain.policy import Policy

SCORES = ("1", "2", "3", "4", "5")
"""From very dissatisfied to very satisfied, as they are typed."""
RATABLE = frozenset({ANSWERED, CLOSED, REJECTED, EXTERNAL, MERGED})
"""An answer, and every end but one that the citizen has made."""


def rate(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """Kept with its words on the timeline; it changes nothing else: an objection is an act of its own."""
    entry = Entry(EventName.RATED, CITIZEN, text=act.message.strip(), facts={"score": int(act.score)})
    return changed(complaint, now, entry, rating=int(act.score))
