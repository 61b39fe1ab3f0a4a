"""Which letters only make sense in certain states: a retry hours later must not ask for what has been done."""

from __future__ import annotations

from workflows.domain.complaint import (
    ANSWERED,
    AT_DESK,
    CLOSED,
    EXTERNAL,
    OPEN,
    REJECTED,
    SCHEDULED,
    WITH_DEPARTMENT,
    Complaint,
)

_DESK = frozenset({AT_DESK})
STATES = {
    "assigned": WITH_DEPARTMENT,
    "scheduled": frozenset({SCHEDULED}),
    "forwarded": WITH_DEPARTMENT,
    "external": frozenset({EXTERNAL}),
    "archived": frozenset({REJECTED}),
    "confirm_reminder": frozenset({ANSWERED}),
    "closed": frozenset({CLOSED}),
    "dispute_received": WITH_DEPARTMENT,
    "late": WITH_DEPARTMENT,
    "went_up": OPEN,
    "new_case": WITH_DEPARTMENT,
    "reminder": WITH_DEPARTMENT,
    "overdue": WITH_DEPARTMENT,
    "also_head": WITH_DEPARTMENT,
    "dispute": WITH_DEPARTMENT,
    "schedule_due": WITH_DEPARTMENT,
    "head_case": WITH_DEPARTMENT,
    "dispute_head": WITH_DEPARTMENT,
    "head_desk": _DESK,
    "triage": _DESK,
    "triage_late": _DESK,
}
"""Template → the states in which its words are true; the others are true in every state."""


def still_true(template: str, complaint: Complaint) -> bool:
    """Whether a letter can still be written as it was meant."""
    return template not in STATES or complaint.state in STATES[template]
