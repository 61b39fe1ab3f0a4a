"""Erasing what the policy has kept long enough: a page of cases a sweep, the longest overdue first."""

from __future__ import annotations

import logging

from workflows.collection_names import COMPLAINTS
from workflows.complaints import complaint_of
from workflows.domain.change import Change
from workflows.domain.retention import due
from workflows.ports import Found, Query
from workflows.privacy.erase import erase
from workflows.privacy.keepers import Keepers
from workflows.privacy.ledger import POLICY
from workflows.unit_of_work import apply_transition

PAGE = 50
log = logging.getLogger("laksa")


def erase_due(keepers: Keepers) -> int:
    """Erase what is due, PAGE cases at most; how many erasures there were.

    Whatever goes wrong with a case is logged, and tried again with the next sweep: others do not wait for it.
    """
    ports = keepers.ports
    now = ports.clock.now()
    page = ports.store.query(Query(COMPLAINTS, (("erase_at", "<=", now),), order_by="erase_at", limit=PAGE))
    return sum(_erase(keepers, found) for found in page)


def _erase(keepers: Keepers, found: Found) -> int:
    ports = keepers.ports
    try:
        wanted = due(complaint_of(found), ports.policy.retention, ports.clock.now())
        for what in wanted:
            erase(keepers, found.id, what, POLICY)
        if not wanted:  # the policy keeps longer by now
            apply_transition(ports, found.id, lambda complaint, now: Change(complaint))
    except Exception as error:
        log.error("not erased", extra={"ticket": found.id, "error": type(error).__name__})
        return 0
    return len(wanted)
