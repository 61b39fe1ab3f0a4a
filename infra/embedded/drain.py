"""Waits until all work that is due now is done: messages in flight, notices, complaints that are not yet routed.
Also counts the messages that Pub/Sub still has to push to this process.
"""

from __future__ import annotations
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime

from workflows.domain.complaint.model import State
from workflows.ports import Clock, Query, Store

MAX_SEEN = 200
MAX_VAIN_SWEEPS = 3


def due_now(store: Store, now: datetime) -> frozenset[str]:
    """Ids of notices and mails, and of complaints to be routed, that are due at `now`; MAX_SEEN of
    each at most.
    """
    letters = Query("notices", (("next_try_at", "<=", now),), order_by="next_try_at", limit=MAX_SEEN)
    came_in = Query("inbound", (("next_try_at", "<=", now),), order_by="next_try_at", limit=MAX_SEEN)
    arrived = Query(
        "complaints",
        (("state", "==", State.RECEIVED), ("next_check_at", "<=", now)),
        order_by="next_check_at",
        limit=MAX_SEEN,
    )
    return frozenset(found.id for query in (letters, came_in, arrived) for found in store.query(query))


class IdleWait:
    """`idle(seconds)` waits for the bus; `sweep()` wakes due work whose message was lost or never published."""

    def __init__(self, store: Store, clock: Clock, sweep: Callable[[], None], idle: Callable[[float], bool]) -> None:
        self._store, self._clock, self._sweep, self._idle = store, clock, sweep, idle

    def settle(self, timeout: float) -> bool:
        """True once nothing is in flight and nothing is due; False after `timeout` seconds, or when there is no
        progress.
        """
        end = time.monotonic() + timeout
        before, vain = frozenset[str](), 0
        while vain < MAX_VAIN_SWEEPS and self._idle(max(0.0, end - time.monotonic())):
            due = due_now(self._store, self._clock.now())
            if not due:
                return True
            vain = vain + 1 if due == before else 0
            before = due
            self._sweep()
        return False


REMEMBERED = 10_000


class InFlight:
    """Counts published minus answered messages by id; thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: set[str] = set()
        self._early: deque[str] = deque(maxlen=REMEMBERED)
        self._failures: Counter[str] = Counter()

    def published(self, message_id: str, topic: str) -> None:
        """Pub/Sub accepted a message; it may have been answered before we hear of it."""
        with self._changed:
            if message_id in self._early:
                self._early.remove(message_id)
            else:
                self._open.add(message_id)

    def answered(self, message_id: str) -> None:
        """A push succeeded, or was given up: Pub/Sub does not repeat it."""
        with self._changed:
            self._failures.pop(message_id, None)
            if message_id in self._open:
                self._open.remove(message_id)
            else:
                self._early.append(message_id)
            self._changed.notify_all()

    def failed(self, message_id: str) -> int:
        """A push failed; returns the number of this message's failures so far."""
        with self._changed:
            self._failures[message_id] += 1
            return self._failures[message_id]

    def idle(self, timeout: float) -> bool:
        """True as soon as every published message was answered; False after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, timeout)
