"""What every answer does to a case, whoever gives it: a claim, provisional until the citizen agrees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflows.domain.complaint import ANSWERED, Complaint
from workflows.domain.policy import Policy
from workflows.domain.standing_still import NOT_ASKED


def as_answered(complaint: Complaint, outcome: str, policy: Policy, now: datetime) -> dict[str, Any]:
    """The fields that change; outcome: done or not_done."""
    return {
        "state": ANSWERED,
        "outcome": outcome,
        "answered_at": now,
        "answer_sequence": complaint.sequence + 1,
        "confirm_by": policy.calendar().add_working_days(now, policy.confirm_days),
        "confirm_reminded": False,
        "reached_at": None,
        "reached_by": "",
        "scheduled_for": None,
        "draft": None,
        "table": "",
        **NOT_ASKED,
    }
