"""A citizen takes their report back: nobody works on it any more, and whoever had it is told."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.change import CITIZEN, Change, Entry, EventName, changed
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.complaint import MERGED, WITHDRAWN, Complaint
from workflows.domain.holders import to_holders
from workflows.domain.policy import Policy
from workflows.domain.standing_still import NOT_ASKED


def withdraw(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """An end of its own, never counted as solved; the timeline stays.

    Nobody works on what follows another case, so nobody is told of it.
    """
    told = () if complaint.state == MERGED else to_holders("withdrawn", complaint, now)
    entry = Entry(EventName.WITHDRAWN, CITIZEN, text=act.message.strip(), opd=complaint.opd or "")
    return changed(
        complaint,
        now,
        entry,
        *told,
        state=WITHDRAWN,
        parent="",
        table="",
        desk_by=None,
        desk_since=None,
        scheduled_for=None,
        call_by=None,
        draft=None,
        **NOT_ASKED,
    )
