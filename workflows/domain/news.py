"""What the followers of a case hear of a change: the same as its citizen, but for what is that citizen's alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.change import CITIZEN, FOLLOWERS, Change, NoticeRequest
from workflows.domain.complaint import Complaint
from workflows.domain.merging import is_public
from workflows.domain.notice import Notice, notice_id

NEWS = frozenset(
    {
        *("answer", "archived", "assigned", "closed", "external", "forwarded"),
        *("late", "progress", "scheduled", "went_up"),
    }
)
"""The letters to its citizen that are news to its followers. A question is not theirs to answer."""
_BY_EVENT = {"confirmed": "closed", "disputed": "reopened", "merged": "merged", "withdrawn": "withdrawn"}
"""What is news though its citizen gets no letter, or one that speaks of what they did themselves."""
LAST_NEWS = frozenset({"merged", "withdrawn"})
"""After these there is nothing left to follow: every follower gets another parent, or stands alone."""


def with_news(change: Change) -> tuple[NoticeRequest, ...]:
    """The letters that a change asks for, and one notice to all followers where it has any and there is news."""
    news = _news(change) if change.complaint.followed else None
    return (*change.notices, news) if news else change.notices


def _news(change: Change) -> NoticeRequest | None:
    for entry in reversed(change.entries):
        if entry.event in _BY_EVENT:
            return NoticeRequest(_BY_EVENT[entry.event], FOLLOWERS)
    told = (letter for letter in change.notices if letter.role == CITIZEN and letter.template in NEWS)
    return next((replace(letter, role=FOLLOWERS) for letter in told), None)


def letter_to(follower: Complaint, news: Notice, now: datetime) -> Notice | None:
    """A follower's own letter with the news of the case it is merged into; the same news is the same letter.

    None where nobody can be reached, or has joined after it happened: their page tells what was before.
    """
    if not follower.reachable or follower.quarantine or _joined_after(follower, news):
        return None
    template = f"{news.template}_{_mark(news.ticket)}"
    return Notice(
        id=notice_id(follower.ticket, news.sequence, template, CITIZEN),
        ticket=follower.ticket,
        sequence=news.sequence,
        template=news.template,
        role=CITIZEN,
        about=news.ticket,
        urgent=news.urgent,
        created_at=now,
        next_try_at=now,
    )


def _joined_after(follower: Complaint, news: Notice) -> bool:
    joined, told = follower.ended_at, news.created_at
    return joined is not None and told is not None and joined > told


def _mark(ticket: str) -> str:
    """Eight letters for the case that the news are about, whose numbers are its own; a mail address has room."""
    digest = hashlib.blake2b(ticket.encode(), digest_size=8).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest)


def as_seen_by(follower: Complaint, parent: Complaint) -> Complaint:
    """The case as its follower may see it: where it is not public only how it stands, and no word of anybody."""
    seen = replace(parent, lang=follower.lang, restricted=parent.restricted or follower.restricted)
    return seen if is_public(seen) else replace(seen, **_NO_WORDS)


_NO_WORDS: dict[str, Any] = {
    **{"text": "", "place": "", "reason": ""},
    **{"kelurahan": None, "latitude": None, "longitude": None, "photos": (), "category": None},
}
