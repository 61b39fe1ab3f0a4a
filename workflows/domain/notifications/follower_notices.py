"""What a complaint's followers are told of a transition: the same as its citizen, without what is private."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, FOLLOWERS, NoticeRequest, TimelineEvent, Transition
from workflows.domain.notifications.kinds import FOLLOWER_EVENTS, FOLLOWER_NEWS
from workflows.domain.notifications.notice import Notice, by_phone, notice_id

_SPOKEN_APART = frozenset({"asked", "contact_shown", "replied"})
"""Events after which an officer may know more of the citizen than the complaint says, and may write it down."""


def add_follower_notices(change: Transition) -> tuple[NoticeRequest, ...]:
    """The notices of a transition, and one to all followers if there are any and it is news to them."""
    news = _news(change) if change.complaint.followed else None
    return (*change.notices, news) if news else change.notices


def _news(change: Transition) -> NoticeRequest | None:
    for entry in reversed(change.entries):
        if entry.event in FOLLOWER_EVENTS and not entry.facts.get(
            "questionnaire"
        ):  # they have heard that it is closed
            return NoticeRequest(FOLLOWER_EVENTS[entry.event], FOLLOWERS)
    told = (letter for letter in change.notices if letter.role == CITIZEN and letter.template in FOLLOWER_NEWS)
    return next((replace(letter, role=FOLLOWERS) for letter in told), None)


def follower_notice(follower: Complaint, news: Notice, now: datetime) -> Notice | None:
    """A follower's own notice about its parent; the same news has the same id. None if the follower cannot be
    reached, or joined later: their page shows the past.
    """
    if not follower.has_contact_channel or follower.quarantine or _joined_after(follower, news):
        return None
    template = f"{news.template}_{parent_code(news.ticket)}"
    return Notice(
        id=notice_id(follower.ticket, news.sequence, template, CITIZEN),
        ticket=follower.ticket,
        sequence=news.sequence,
        template=news.template,
        role=CITIZEN,
        about=news.ticket,
        generation=news.generation,
        urgent=news.urgent,
        created_at=now,
        next_try_at=now,
        extra=by_phone(CITIZEN, follower),
    )


def _joined_after(follower: Complaint, news: Notice) -> bool:
    joined, told = follower.erasure.ended_at, news.created_at
    return joined is not None and told is not None and joined > told


def parent_code(ticket: str) -> str:
    """Eight letters that identify the parent in a follower notice's id, short enough for a mail address."""
    digest = hashlib.blake2b(ticket.encode(), digest_size=8).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest)


def as_seen_by(follower: Complaint, parent: Complaint) -> Complaint:
    """The case as its follower may see it: where it is not public only how it stands, and no word of anybody."""
    from workflows.domain.access.visibility import Audience, seen_by
    from workflows.domain.privacy.redaction import mask_identifiers

    seen = parent.evolve(lang=follower.lang, restricted=parent.restricted or follower.restricted)
    return seen_by(seen.evolve(reason=mask_identifiers(seen.reason)), Audience.FOLLOWER)


def words_to_followers(entry: TimelineEvent, timeline: Sequence[TimelineEvent]) -> str:
    """What an office said to everybody in a line of a public case's timeline, masked; often nothing.

    Neither the citizen's words nor what was asked of them; and none since an office has spoken with its citizen,
    or seen how to: no mask finds a name. Of a timeline whose beginning is missing nothing is told.
    """
    from workflows.domain.privacy.redaction import mask_identifiers

    if entry.by == CITIZEN or speaks_apart(timeline, entry.sequence):
        return ""
    return mask_identifiers(entry.text)


def speaks_apart(timeline: Sequence[TimelineEvent], until: int | None = None) -> bool:
    """Whether what an office writes in that line, or from now on, may name the case's citizen."""
    if timeline and timeline[0].sequence > 1:
        return True
    seen = (entry for entry in timeline if until is None or entry.sequence <= until)
    return any(entry.event in _SPOKEN_APART for entry in seen)
