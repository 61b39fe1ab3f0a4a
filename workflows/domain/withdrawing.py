"""A citizen takes their report back: nobody works on it any more, and whoever had it is told."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.change import CITIZEN, DEPARTMENT, UNIT, Change, Entry, NoticeRequest, changed
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.complaint import WITHDRAWN, Complaint
from workflows.domain.policy import Policy


def withdraw(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """An end of its own, never counted as solved; the timeline stays."""
    entry = Entry("withdrawn", CITIZEN, text=act.message.strip(), opd=complaint.opd or "")
    return changed(
        complaint,
        now,
        entry,
        *_told(complaint),
        state=WITHDRAWN,
        table="",
        desk_by=None,
        desk_since=None,
        scheduled_for=None,
        call_by=None,
        draft=None,
    )


def _told(complaint: Complaint) -> list[NoticeRequest]:
    held = complaint.assignment
    if held is None:
        return []
    unit = [NoticeRequest("withdrawn", UNIT, held.unit)] if held.unit else []
    return [NoticeRequest("withdrawn", DEPARTMENT, held.opd), *unit]
