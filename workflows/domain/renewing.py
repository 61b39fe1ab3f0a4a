"""A new link for whoever holds an old one: only to the registered address, and at most once an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.domain.change import DESK, UNIT, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import Complaint
from workflows.domain.notifications.kinds import NoticeName

AGAIN_AFTER = timedelta(hours=1)


def renew(complaint: Complaint, role: str, now: datetime) -> Change | None:
    """A letter with a new link to the office in that role; None when one went out within the hour."""
    last = complaint.renewed.get(role)
    if last and now - last < AGAIN_AFTER:
        return None
    to = _office(complaint, role)
    entry = Entry("link_renewed", role, opd="" if role == DESK else complaint.opd or "", hidden=True)
    letter = NoticeRequest(NoticeName.LINK_RENEWED, role, to)
    return changed(complaint, now, entry, letter, renewed={**complaint.renewed, role: now})


def _office(complaint: Complaint, role: str) -> str:
    if role == UNIT and complaint.assignment:
        return complaint.assignment.unit
    return "DESK" if role == DESK else complaint.opd or "DESK"
