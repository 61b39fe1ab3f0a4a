"""Two reports of one thing: a case is merged into another, its parent, and follows it until it stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.assigning import OFF_THE_DESK, to_desk_anew
from workflows.domain.change import CITIZEN, DESK, LAKSA, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import MERGED, OPEN, RECEIVED, REJECTED, WITHDRAWN, Complaint
from workflows.domain.holders import to_holders
from workflows.domain.keeping_out import kept_out
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.office_act import Rules

NO_MORE_NEWS = frozenset({REJECTED, WITHDRAWN})
TO_CITIZEN = NoticeRequest(NoticeName.MERGED, CITIZEN)


def is_public(complaint: Complaint) -> bool:
    """Whether anybody may read it: neither confidential nor restricted, and nobody must not hear of it."""
    return complaint.visibility != "confidential" and not _is_apart(complaint)


def obstacle(complaint: Complaint, parent: Complaint) -> str:
    """Why an operator cannot merge a case into another: the code of a field error, empty when it can be.

    Of what the desk may not read, it does not learn that it exists.
    """
    if parent.ticket == complaint.ticket:
        return "itself"
    if not parent.desk_may_read:
        return "unknown_ticket"
    if parent.state in NO_MORE_NEWS:
        return "no_more_news"
    if parent.state == RECEIVED or parent.quarantine:
        return "not_read_yet"
    return "" if alike(complaint, parent) else "not_alike"


def alike(one: Complaint, other: Complaint) -> bool:
    """Whether whoever may know of one may know of the other: restricted ones only beside their like."""
    if not (_is_apart(one) or _is_apart(other)):
        return True
    both = one.restricted and other.restricted
    return both and one.category == other.category and kept_out(one) == kept_out(other)


def _is_apart(complaint: Complaint) -> bool:
    return complaint.restricted or bool(kept_out(complaint))


def may_be_followed(parent: Complaint) -> bool:
    """Whether a stranger may join it by its number: open, read by the router or a person, and public."""
    return parent.state in OPEN - {RECEIVED} and not parent.quarantine and is_public(parent)


def merge(complaint: Complaint, parent: Complaint, words: str, now: datetime) -> Change:
    """By an operator: whoever had the case has it no longer to work on, and its citizen gets the parent's news."""
    entry, read = Entry("merged", DESK, text=words), replace(complaint, quarantine="")
    return _joined(read, parent, entry, now, TO_CITIZEN, *to_holders("merged_office", complaint, now))


def rehang(complaint: Complaint, parent: Complaint, now: datetime) -> Change:
    """By Laksa: what it followed goes on under another number."""
    return _joined(complaint, parent, Entry("merged", LAKSA), now, TO_CITIZEN)


def follow(received: Change, parent: Complaint, now: datetime) -> Change:
    """A report that came in as “I have this too”, merged from its first moment on; its receipt is the router's.

    It is as urgent as its parent.
    """
    known = replace(received.complaint, urgent=parent.urgent)
    joined = _joined(known, parent, Entry("followed", CITIZEN), now)
    return Change(joined.complaint, (*received.entries, *joined.entries))


def _joined(complaint: Complaint, parent: Complaint, entry: Entry, now: datetime, *told: NoticeRequest) -> Change:
    return changed(
        complaint,
        now,
        replace(entry, opd=complaint.opd or "", facts={"parent": parent.ticket}),
        *told,
        state=MERGED,
        parent=parent.ticket,
        table="",
        call_by=None,
        **OFF_THE_DESK,
    )


def stand_alone(
    complaint: Complaint, entry: Entry, rules: Rules, now: datetime, *letters: NoticeRequest, **fields: Any
) -> Change:
    """A follower becomes a case of its own, and an operator reads it; nothing happens to its parent.

    Until the router has read it nobody knows whom it accuses.
    """
    told = replace(entry, opd=complaint.opd or "", facts={**entry.facts, "parent": complaint.parent})
    restricted = complaint.restricted or complaint.unread
    return to_desk_anew(complaint, told, rules, now, *letters, restricted=restricted, **fields)


def hand_on(
    followers: Sequence[Complaint], heir: Complaint | None, rules: Rules, now: datetime
) -> tuple[list[Change], Complaint | None]:
    """What becomes of those whose parent was withdrawn, or merged itself: they follow `heir`, or where there is
    none the first of them, which stands alone. Also the heir for those that come after them.
    """
    changes: list[Change] = []
    heir = heir if heir and heir.state not in NO_MORE_NEWS else None
    for follower in followers:
        if heir and alike(follower, heir) and not follower.unread:
            changes.append(rehang(follower, heir, now))
            continue
        change = _orphaned(follower, rules, now)
        changes.append(change)
        heir = heir or (None if follower.unread else change.complaint)
    return changes, heir


def _orphaned(complaint: Complaint, rules: Rules, now: datetime) -> Change:
    """Its parent was withdrawn: what its own citizen wrote still stands, and others may follow it."""
    entry = Entry("at_desk", LAKSA, facts={"why": "orphaned"})
    return stand_alone(complaint, entry, rules, now, NoticeRequest(NoticeName.ORPHANED, CITIZEN), followed=True)
