"""Repeats the ledger's erasures after an old copy of the store was restored. Erases what the policy has kept long
enough: a page of complaints per sweep, the longest overdue first.
"""

from __future__ import annotations
import logging
from collections.abc import Iterable, Sequence

from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.transition import Transition
from workflows.domain.escalation.schedule import erasure_due
from workflows.failures import UnknownComplaint
from workflows.ports import Found, Query
from workflows.privacy import ledger
from workflows.privacy.erase import erase, follow, holdings, target_of
from workflows.privacy.ledger import POLICY, Erasure, ErasureContext
from workflows.unit_of_work import apply_transition, complaint_of

log = logging.getLogger("laksa")


def erase_undone(keepers: ErasureContext) -> int:
    """Carry out erasures in the ledger's file that the store does not know; returns how many had something left.
    Cheap when there are none.
    """
    return _all_again(keepers, ledger.undone(keepers, ledger.in_file(keepers.ledger)))


def erase_all_again(keepers: ErasureContext, more: Sequence[str] = ()) -> int:
    """Repeat the whole ledger, and `more` lines of a ledger kept elsewhere; returns how many had
    something left.
    """
    elsewhere = (erasure for line in more if (erasure := ledger.read_line(line)))
    return _all_again(keepers, ledger.every(keepers, elsewhere))


def _all_again(keepers: ErasureContext, erasures: Iterable[Erasure]) -> int:
    return sum(_again(keepers, erasure) for erasure in erasures)


def _again(keepers: ErasureContext, erasure: Erasure) -> bool:
    """Repeat one erasure; returns whether anything was left. Without such a complaint only the
    record is stored.
    """
    try:
        target = target_of(keepers, erasure.ticket, erasure.what, erasure.by)
    except UnknownComplaint:
        target = None
    if target and holdings(keepers, target):
        follow(keepers, target, erasure)
        return True
    keepers.services.store.transact(lambda transaction: ledger.record(transaction, erasure))
    return False


PAGE = 50


def erase_due(keepers: ErasureContext) -> int:
    """Erase what is due, at most PAGE complaints; returns the number of erasures. A failure is logged and retried
    by the next sweep; the other complaints do not wait for it.
    """
    services = keepers.services
    now = services.clock.now()
    page = services.store.query(Query(COMPLAINTS, (("erase_at", "<=", now),), order_by="erase_at", limit=PAGE))
    return sum(_erase(keepers, found) for found in page)


def _erase(keepers: ErasureContext, found: Found) -> int:
    services = keepers.services
    try:
        wanted = erasure_due(complaint_of(found), services.policy.retention, services.clock.now())
        for what in wanted:
            erase(keepers, found.id, what, POLICY)
        if not wanted:  # the policy's period is longer by now
            apply_transition(services, found.id, lambda complaint, now: Transition(complaint))
    except Exception as error:
        log.error("not erased", extra={"ticket": found.id, "error": type(error).__name__})
        return 0
    return len(wanted)
