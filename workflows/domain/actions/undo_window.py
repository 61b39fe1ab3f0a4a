"""The undo window: minutes in which an assignment from the board can be taken back; its notices wait so long."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.domain.actions.engine import hash_parts, with_key
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import PendingAssignment
from workflows.domain.complaint.transition import DESK, EventName, TimelineEvent, Transition, transition
from workflows.domain.documents import fields_of, stored_values
from workflows.domain.notifications.notice import add_follower_notices, notice_id
from workflows.errors import UndoOver

UNDO_WINDOW = timedelta(minutes=10)
_AS_IT_WAS = (
    "desk_by",
    "desk_since",
    "returned_by",
    "quarantine",
    "clock_start",
    "answer_by",
    "call_by",
    "calls_missed",
    "reported_to",
    "reported_since",
)
"""Fields that an assignment changes and the undo restores: dates count as if it had never been made."""


def with_undo_window(before: Complaint, change: Transition, now: datetime) -> Transition:
    """The same assignment with an undo window; with danger it takes effect at once."""
    if before.urgent:
        return change
    after, until = change.complaint, now + UNDO_WINDOW
    waiting = (notice_id(after.ticket, after.sequence, n.template, n.role) for n in add_follower_notices(change))
    pending = PendingAssignment(
        until, after.sequence, after.assignment_no, letters=tuple(waiting), before=stored_values(before, _AS_IT_WAS)
    )
    letters = tuple(replace(notice, not_before=until) for notice in change.notices)
    return replace(change, complaint=after.evolve(pending_assignment=pending), notices=letters)


def take_back(complaint: Complaint, assignment_no: int, now: datetime) -> Transition | None:
    """Undo the assignment of that number, None for a repeat; UndoOver when it cannot be undone any more."""
    mark = hash_parts("desk", "undo", str(assignment_no))
    if mark in complaint.acts:
        return None
    held, until = complaint.pending_assignment, complaint.recallable_until
    if held is None or until is None or assignment_no != complaint.assignment_no:
        raise UndoOver(complaint.ticket, moved=True, state=complaint.state)
    if until <= now:
        raise UndoOver(complaint.ticket, moved=False, state=complaint.state)
    entry = TimelineEvent(EventName.RECALLED, DESK, opd=complaint.opd or "", facts={"assigned": held.sequence})
    return with_key(_at_desk_again(complaint, entry, now), mark)


def _at_desk_again(complaint: Complaint, entry: TimelineEvent, now: datetime) -> Transition:
    """With a new assignment number, so that no link of the undone one ever opens the complaint."""
    before = fields_of(Complaint, complaint.pending_assignment.before) if complaint.pending_assignment else {}
    of_newer_release = {**complaint.unknown, **before.pop("unknown", {})}
    return transition(
        complaint,
        now,
        entry,
        state=State.AT_DESK,
        assignment=None,
        assignment_no=complaint.assignment_no + 1,
        previous_assignments=complaint.close_assignment(now),
        pending_assignment=None,
        unknown=of_newer_release,
        **before,
    )
