"""Merging: a complaint becomes a follower of another one about the same thing, its parent. Also which complaints
can be merged, and which are offered as similar.
"""

from __future__ import annotations
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.access import excluded_offices, is_public
from workflows.domain.actions.assign import OFF_THE_DESK, to_desk_with_new_clock, to_holders
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.geo_keys import WITHIN, Placed, metres, street_keys
from workflows.domain.complaint.model import OPEN, Complaint, State
from workflows.domain.complaint.transition import (
    CITIZEN,
    DESK,
    LAKSA,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.notifications.kinds import NoticeName

NO_MORE_NEWS = frozenset({State.REJECTED, State.WITHDRAWN})
TO_CITIZEN = NoticeRequest(NoticeName.MERGED, CITIZEN)


def merge_obstacle(complaint: Complaint, parent: Complaint) -> str:
    """The error code why an operator cannot merge the two; '' if possible. It never reveals that a complaint
    hidden from the desk exists.
    """
    if parent.ticket == complaint.ticket:
        return "itself"
    if not parent.desk_may_read:
        return "unknown_ticket"
    if parent.state in NO_MORE_NEWS:
        return "no_more_news"
    if parent.state == State.RECEIVED or parent.quarantine:
        return "not_read_yet"
    return "" if can_merge(complaint, parent) else "not_alike"


def can_merge(one: Complaint, other: Complaint) -> bool:
    """Whether those who may know of one may know of the other: restricted ones only with similarly restricted
    ones.
    """
    if not (_is_apart(one) or _is_apart(other)):
        return True
    both = one.restricted and other.restricted
    return both and one.category == other.category and excluded_offices(one) == excluded_offices(other)


def _is_apart(complaint: Complaint) -> bool:
    return complaint.restricted or bool(excluded_offices(complaint))


def may_be_followed(parent: Complaint) -> bool:
    """Whether a stranger may follow it by its ticket: open, routed, and public."""
    return parent.state in OPEN - {State.RECEIVED} and not parent.quarantine and is_public(parent)


def merge(complaint: Complaint, parent: Complaint, words: str, now: datetime) -> Transition:
    """An operator merges: the holder has nothing to do any more, and its citizen gets the parent's notices."""
    entry, read = TimelineEvent(EventName.MERGED, DESK, text=words), complaint.evolve(quarantine="")
    return _joined(read, parent, entry, now, TO_CITIZEN, *to_holders("merged_office", complaint, now))


def reparent(complaint: Complaint, parent: Complaint, now: datetime) -> Transition:
    """Laksa moves a follower to another parent."""
    return _joined(complaint, parent, TimelineEvent(EventName.MERGED, LAKSA), now, TO_CITIZEN)


def follow(received: Transition, parent: Complaint, now: datetime) -> Transition:
    """A complaint filed as “I have this too”, merged from the beginning; the router sends its receipt. It is as
    urgent as its parent.
    """
    known = received.complaint.evolve(urgent=parent.urgent)
    joined = _joined(known, parent, TimelineEvent(EventName.FOLLOWED, CITIZEN), now)
    return Transition(joined.complaint, (*received.entries, *joined.entries))


def _joined(
    complaint: Complaint, parent: Complaint, entry: TimelineEvent, now: datetime, *told: NoticeRequest
) -> Transition:
    return transition(
        complaint,
        now,
        replace(entry, opd=complaint.opd or "", facts={"parent": parent.ticket}),
        *told,
        state=State.MERGED,
        parent=parent.ticket,
        reported_to="",
        call_by=None,
        **OFF_THE_DESK,
    )


def detach(
    complaint: Complaint, entry: TimelineEvent, rules: Rules, now: datetime, *letters: NoticeRequest, **fields: Any
) -> Transition:
    """A follower becomes a complaint of its own for an operator; its parent is unchanged. Before routing nobody
    knows whom it accuses.
    """
    told = replace(entry, opd=complaint.opd or "", facts={**entry.facts, "parent": complaint.parent})
    restricted = complaint.restricted or complaint.awaiting_routing
    return to_desk_with_new_clock(complaint, told, rules, now, *letters, restricted=restricted, **fields)


def reassign_followers(
    followers: Sequence[Complaint], heir: Complaint | None, rules: Rules, now: datetime
) -> tuple[list[Transition], Complaint | None]:
    """Re-parent followers of a withdrawn or merged complaint.

    They move to `heir`; without one the first follower is detached and becomes it. Returns (changes, heir for the
    next page).
    """
    changes: list[Transition] = []
    heir = heir if heir and heir.state not in NO_MORE_NEWS else None
    for follower in followers:
        if heir and can_merge(follower, heir) and not follower.awaiting_routing:
            changes.append(reparent(follower, heir, now))
            continue
        change = _orphaned(follower, rules, now)
        changes.append(change)
        heir = heir or (None if follower.awaiting_routing else change.complaint)
    return changes, heir


def _orphaned(complaint: Complaint, rules: Rules, now: datetime) -> Transition:
    """Its parent was withdrawn: what its own citizen wrote still stands, and others may follow it."""
    entry = TimelineEvent(EventName.AT_DESK, LAKSA, facts={"why": "orphaned"})
    return detach(complaint, entry, rules, now, NoticeRequest(NoticeName.ORPHANED, CITIZEN), followed=True)


MAX_OFFERED = 5
"""The most complaints that are offered at once."""


def nearby_complaints(found: Iterable[Complaint], sent: Placed) -> tuple[Complaint, ...]:
    """Complaints that a stranger may follow, within WITHIN metres or in the same street; nearest first, then
    newest.
    """
    each = {case.ticket: case for case in found if may_be_followed(case)}.values()
    fitting = [case for case in each if _is_near(case, sent) or _in_its_street(case, sent)]
    newest = sorted(fitting, key=lambda case: case.received_at, reverse=True)
    return tuple(sorted(newest, key=lambda case: _distance(case, sent)))


def same_matter(near: Iterable[Complaint], category: str) -> tuple[Complaint, ...]:
    """The first MAX_OFFERED of that category."""
    return tuple(case for case in near if case.category == category)[:MAX_OFFERED]


def _is_near(case: Complaint, sent: Placed) -> bool:
    return _distance(case, sent) <= WITHIN


def _distance(case: Complaint, sent: Placed) -> float:
    """In metres; a complaint in the same street without coordinates counts as farther than any near one."""
    apart = metres(case, sent)
    return apart if apart is not None and apart <= WITHIN else WITHIN + 1


def _in_its_street(case: Complaint, sent: Placed) -> bool:
    return not set(street_keys(case)).isdisjoint(street_keys(sent))
