"""A citizen who has lost the link and knows number and contact gets it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.domain.change import CITIZEN, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import Complaint
from workflows.domain.notifications.kinds import NoticeName

AGAIN_AFTER = timedelta(minutes=15)


def lost_link(complaint: Complaint, now: datetime) -> Change | None:
    """A letter with the link, or an operator's task, at most once a quarter of an hour."""
    last = complaint.extra.get("link_sent_at")
    if not complaint.can_be_told or complaint.quarantine or (last and now - last < AGAIN_AFTER):
        return None
    entry = Entry("link_sent", CITIZEN, hidden=True)
    extra = {**complaint.extra, "link_sent_at": now}
    return changed(complaint, now, entry, NoticeRequest(NoticeName.LOST_LINK, CITIZEN), extra=extra)
