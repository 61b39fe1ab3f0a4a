"""How many additions a case takes in a day: enough for whoever has something to say, too few to bury it under."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflows.domain.asking import is_asked
from workflows.domain.calendar import local_day
from workflows.domain.complaint import Complaint
from workflows.domain.policy import Policy

ADDED_TODAY = "added_today"


def is_full_today(complaint: Complaint, policy: Policy, now: datetime) -> bool:
    """Whether this day (in Tangerang) has had all the additions it may; an answer to a question never counts."""
    return not is_asked(complaint, now) and _count(complaint, now) >= policy.additions_per_day


def counting_one(complaint: Complaint, now: datetime) -> dict[str, Any]:
    """The complaint's `extra` after one more addition."""
    return {**complaint.extra, ADDED_TODAY: {"day": _day(now), "count": _count(complaint, now) + 1}}


def _count(complaint: Complaint, now: datetime) -> int:
    counted = complaint.extra.get(ADDED_TODAY) or {}
    return int(counted["count"]) if counted.get("day") == _day(now) else 0


def _day(now: datetime) -> str:
    return local_day(now).isoformat()
