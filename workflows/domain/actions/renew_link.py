"""New links: for an office with an old one, or for a citizen who has lost theirs; each rate-limited."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import (
    CITIZEN,
    DESK,
    UNIT,
    EventName,
    NoticeRequest,
    Role,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.notifications.kinds import NoticeName

AGAIN_AFTER = timedelta(hours=1)
LOST_LINK_AGAIN_AFTER = timedelta(minutes=15)


def renew(complaint: Complaint, role: str, now: datetime) -> Transition | None:
    """A notice with a new link for the office in that role; None if one was sent within the hour."""
    last = complaint.renewed.get(role)
    if last and now - last < AGAIN_AFTER:
        return None
    to = _office(complaint, role)
    entry = TimelineEvent(
        EventName.LINK_RENEWED, Role(role), opd="" if role == DESK else complaint.opd or "", hidden=True
    )
    letter = NoticeRequest(NoticeName.LINK_RENEWED, Role(role), to)
    return transition(complaint, now, entry, letter, renewed={**complaint.renewed, role: now})


def _office(complaint: Complaint, role: str) -> str:
    if role == UNIT and complaint.assignment:
        return complaint.assignment.unit
    return "DESK" if role == DESK else complaint.opd or "DESK"


def lost_link(complaint: Complaint, now: datetime) -> Transition | None:
    """A notice with the link, or an operator's phone task, at most once in a quarter of an hour."""
    last = complaint.recent.link_sent_at
    if not complaint.has_contact_channel or complaint.quarantine or (last and now - last < LOST_LINK_AGAIN_AFTER):
        return None
    entry = TimelineEvent(EventName.LINK_SENT, CITIZEN, hidden=True)
    recent = replace(complaint.recent, link_sent_at=now)
    return transition(complaint, now, entry, NoticeRequest(NoticeName.LOST_LINK, CITIZEN), recent=recent)
