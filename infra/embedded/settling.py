"""Waiting until all work is done that is due now: messages in flight, letters, complaints not yet routed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from workflows.domain.complaint import RECEIVED
from workflows.ports import Clock, Query, Store

MOST_SEEN = 200
MOST_VAIN_SWEEPS = 3


def due_now(store: Store, now: datetime) -> frozenset[str]:
    """The ids of letters to be sent or read and of complaints to be routed by now, MOST_SEEN of each at most."""
    letters = Query("notices", (("next_try_at", "<=", now),), order_by="next_try_at", limit=MOST_SEEN)
    came_in = Query("inbound", (("next_try_at", "<=", now),), order_by="next_try_at", limit=MOST_SEEN)
    arrived = Query(
        "complaints",
        (("state", "==", RECEIVED), ("next_check_at", "<=", now)),
        order_by="next_check_at",
        limit=MOST_SEEN,
    )
    return frozenset(found.id for query in (letters, came_in, arrived) for found in store.query(query))


class Settling:
    """`idle(seconds)` waits for the bus; `sweep()` wakes what is due but was never announced, or was lost."""

    def __init__(
        self, store: Store, clock: Clock, sweep: Callable[[], None], idle: Callable[[float], bool]
    ) -> None:
        self._store, self._clock, self._sweep, self._idle = store, clock, sweep, idle

    def settle(self, timeout: float) -> bool:
        """True once nothing is in flight and nothing is due; False after `timeout` seconds, or if stuck."""
        end = time.monotonic() + timeout
        before, vain = frozenset[str](), 0
        while vain < MOST_VAIN_SWEEPS and self._idle(max(0.0, end - time.monotonic())):
            due = due_now(self._store, self._clock.now())
            if not due:
                return True
            vain = vain + 1 if due == before else 0
            before = due
            self._sweep()
        return False
