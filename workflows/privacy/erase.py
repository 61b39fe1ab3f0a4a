"""Erasure: recorded in the ledger first, carried out place by place, and sealed in one transaction with the
complaint itself.
"""

from __future__ import annotations
from collections import Counter
from dataclasses import replace

from workflows.collection_names import REPORTERS
from workflows.domain.complaint.model import Complaint
from workflows.domain.privacy import erasure as domain
from workflows.domain.privacy.retention import PHOTOS
from workflows.ports import Transaction
from workflows.privacy import ledger
from workflows.privacy.erasers import Target, held_data
from workflows.privacy.ledger import ASKED, Erasure, ErasureContext, person_of
from workflows.unit_of_work import Complaints, SavedTransition, commit, save


def target_of(keepers: ErasureContext, ticket: str, what: str, by: str = ASKED) -> Target:
    """The target of an erasure of that complaint; UnknownComplaint when there is none."""
    complaint = Complaints(keepers.services.store).require(ticket)
    person = person_of(keepers.services.store.get(REPORTERS, ticket))
    return Target(complaint, what, person, thorough=by == ASKED)


def holdings(keepers: ErasureContext, target: Target) -> dict[str, int]:
    """Place → number of things that the erasure would empty there; {} when nothing is left. Changes nothing."""
    found = Counter(thing.place for thing in held_data(keepers, target))
    case = domain.without_words(target.complaint, target.what, target.person.name) != target.complaint
    found["complaint"] = int(case)
    found["reporter"] = int(target.person.known and target.what != PHOTOS)
    return {place: count for place, count in found.items() if count}


def erase(keepers: ErasureContext, ticket: str, what: str, by: str) -> None:
    """Erase `what` of a complaint everywhere. Safe to repeat; after a kill it resumes. UnknownComplaint when there
    is no such complaint; a Retryable when a place did not answer.
    """
    target = target_of(keepers, ticket, what, by)
    erasure = ledger.note(keepers, Erasure(ticket, what, keepers.services.clock.now(), by))
    follow(keepers, target, erasure)


def follow(keepers: ErasureContext, target: Target, erasure: Erasure) -> None:
    """Carry out an erasure that is in the ledger already."""
    _clear(keepers, target)
    sealed, lines = _seal(keepers, target, erasure), target.complaint.sequence
    _clear(keepers, replace(target, complaint=sealed, after_line=lines))  # what was added meanwhile


def _clear(keepers: ErasureContext, target: Target) -> None:
    for thing in held_data(keepers, target):
        thing.clear()


def _seal(keepers: ErasureContext, target: Target, erasure: Erasure) -> Complaint:
    """Empty the complaint and its reporter and store the ledger's record in one transaction: from now on nothing
    new is accepted. Returns the complaint afterwards.
    """
    services, sealed = keepers.services, target.complaint
    now = services.clock.now()

    def work(transaction: Transaction) -> SavedTransition | None:
        nonlocal sealed
        complaint = Complaints(transaction).get(erasure.ticket)
        known = transaction.get(REPORTERS, erasure.ticket) is not None and erasure.what != PHOTOS
        saved = None
        if complaint is not None:
            sealed = complaint
            if change := domain.erase(sealed, erasure.what, target.person.name, known, now):
                saved = save(transaction, change, services.policy, now)
                sealed = saved.complaint
        if known:
            transaction.delete(REPORTERS, erasure.ticket)
        ledger.record(transaction, erasure)
        return saved

    commit(services, work)
    return sealed
