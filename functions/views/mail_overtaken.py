"""Which letters only make sense in certain states: a retry hours later must not ask for what has been done."""

from __future__ import annotations

from functions.views.context import Case
from workflows.domain.change import EventName
from workflows.domain.complaint import (
    ANSWERED,
    ASSIGNED,
    AT_DESK,
    CLOSED,
    EXTERNAL,
    MERGED,
    OPEN,
    REJECTED,
    SCHEDULED,
    WAITING,
    WITH_DEPARTMENT,
)

_DESK = frozenset({AT_DESK})
_UNHEARD = frozenset({ASSIGNED})
_RUNNING = WITH_DEPARTMENT - {WAITING}
"""With a department whose clock does not stand still, so that there is a date to name."""
STATES = {
    "assigned": WITH_DEPARTMENT,
    "scheduled": frozenset({SCHEDULED}),
    "forwarded": _RUNNING,
    "question": WITH_DEPARTMENT,
    "progress": WITH_DEPARTMENT,
    "external": frozenset({EXTERNAL}),
    "archived": frozenset({REJECTED}),
    "merged": frozenset({MERGED}),
    "merged_office": frozenset({MERGED}),
    "orphaned": _DESK,
    "reopened": WITH_DEPARTMENT | _DESK,
    "confirm_reminder": frozenset({ANSWERED}),
    "closed": frozenset({CLOSED}),
    "questionnaire": frozenset({CLOSED}),
    "dispute_received": WITH_DEPARTMENT | _DESK,
    "late": _RUNNING,
    "went_up": OPEN,
    "new_case": _RUNNING,
    "reminder": _RUNNING,
    "overdue": _RUNNING,
    "also_head": _RUNNING,
    "citizen_replied": WITH_DEPARTMENT,
    "no_reply": _RUNNING,
    "delegated": WITH_DEPARTMENT,
    "draft_ready": WITH_DEPARTMENT,
    "dispute": _RUNNING,
    "schedule_due": _RUNNING,
    "head_case": _RUNNING,
    "dispute_head": _RUNNING,
    "head_desk": _DESK,
    "triage": _DESK,
    "triage_late": _DESK,
    "call_now": _UNHEARD,
    "call_late": _UNHEARD,
}
"""Template → the states in which its words are true; the others are true in every state."""


def still_true(template: str, case: Case, sequence: int) -> bool:
    """Whether a letter about the timeline's entry of that number can still be written as it was meant."""
    if template == "question" and any(
        e.event == EventName.REPLIED and e.sequence > sequence for e in case.timeline
    ):
        return False
    return template not in STATES or case.complaint.state in STATES[template]
