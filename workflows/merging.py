"""Merging in the store: the complaint that a follower finally follows, and the operator's action, which changes
two complaints.
"""

from __future__ import annotations
from collections.abc import Callable
from datetime import datetime

from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import Transition
from workflows.ports import Transaction
from workflows.unit_of_work import Complaints, SavedTransition, Services, SingleReads, commit, save

MAX_STEPS = 8
"""No case follows one that follows another for longer than it takes to write its followers anew."""


def merge_root(reads: SingleReads, ticket: str) -> Complaint | None:
    """The complaint of that ticket or, if it is merged itself, the one that it is merged into."""
    for _ in range(MAX_STEPS):
        complaint = Complaints(reads).get(ticket)
        if complaint is None or complaint.state != State.MERGED:
            return complaint
        ticket = complaint.parent or ""
    return None


def mark_followed(transaction: Transaction, parent: Complaint) -> None:
    """Set the mark once in a complaint's life, so that many simultaneous followers do not wait for each other."""
    if not parent.followed:
        transaction.update(COMPLAINTS, parent.ticket, {"followed": True})


Join = Callable[[Complaint, Complaint | None, datetime], Transition | None]


def merge_into(services: Services, ticket: str, into: str, decide: Join) -> Transition | None:
    """apply_transition for an act that takes another case: `decide` gets the one that a number leads to, or None.

    UnknownComplaint when there is no such `ticket`; what `decide` raises goes through and nothing was written.
    """
    now = services.clock.now()

    def work(transaction: Transaction) -> SavedTransition | None:
        complaint = Complaints(transaction).require(ticket)
        parent = merge_root(transaction, into) if into else None
        change = decide(complaint, parent, now)
        if change is None:
            return None
        if parent and change.complaint.parent == parent.ticket:
            mark_followed(transaction, parent)
        return save(transaction, change, services.policy, now)

    return commit(services, work)
