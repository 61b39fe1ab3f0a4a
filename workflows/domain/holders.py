"""Who hears that a case has left them by no act of their own."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.change import DEPARTMENT, UNIT, NoticeRequest
from workflows.domain.complaint import ASSIGNED, Complaint


def to_holders(template: str, complaint: Complaint, now: datetime) -> list[NoticeRequest]:
    """The letter to the department and to its unit; none where they have not heard of the case yet."""
    held = complaint.assignment
    if held is None or _not_told_yet(complaint, now):
        return []
    unit = [NoticeRequest(template, UNIT, held.unit)] if held.unit else []
    return [NoticeRequest(template, DEPARTMENT, held.opd), *unit]


def _not_told_yet(complaint: Complaint, now: datetime) -> bool:
    """The letters of its assignment still wait, whatever its citizen has written since."""
    held = complaint.recall
    if held is None or now >= held["until"]:
        return False
    return bool(held["generation"] == complaint.generation and complaint.state == ASSIGNED)
