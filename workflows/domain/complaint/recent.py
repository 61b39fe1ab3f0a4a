"""What has happened lately around a complaint and may not happen again too soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import Record, stored_as


@dataclass(frozen=True)
class DayCount(Record):
    """How many additions of the citizen a day has seen. day: a local date, as ISO text."""

    day: str = ""
    count: int = 0


@dataclass(frozen=True)
class RecentNotices(Record):
    """When notices that are limited per day were last written, and how much was added today.

    draft_ready_at: when an office was told of drafts. late_replies: when an office was told that its reply by mail
    was not taken, by a hash of the reply. reply_by_link_at: when the citizen was asked to reply on the page.
    link_sent_at: when the citizen was sent a lost link.
    """

    draft_ready_at: tuple[datetime, ...] = stored_as("drafts_told", (), if_set=True)
    late_replies: dict[str, datetime] = stored_as("late_told", factory=dict, if_set=True)
    reply_by_link_at: datetime | None = stored_as("by_link_told_at", None, if_set=True)
    link_sent_at: datetime | None = stored_as("link_sent_at", None, if_set=True)
    added_today: DayCount | None = stored_as("added_today", None, if_set=True)
