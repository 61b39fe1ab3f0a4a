"""Which of our messages Pub/Sub still has to push to us, or to push again."""

from __future__ import annotations

import threading
from collections import Counter, deque

REMEMBERED = 10_000


class InFlight:
    """Published minus answered, by message id; safe from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: set[str] = set()
        self._early: deque[str] = deque(maxlen=REMEMBERED)
        self._failures: Counter[str] = Counter()

    def published(self, message_id: str, topic: str) -> None:
        """Pub/Sub took a message; it may have been answered before we heard so."""
        with self._changed:
            if message_id in self._early:
                self._early.remove(message_id)
            else:
                self._open.add(message_id)

    def answered(self, message_id: str) -> None:
        """A push was done, or given up: Pub/Sub does not repeat it."""
        with self._changed:
            self._failures.pop(message_id, None)
            if message_id in self._open:
                self._open.remove(message_id)
            else:
                self._early.append(message_id)
            self._changed.notify_all()

    def failed(self, message_id: str) -> int:
        """A push did not work; how many of this message did not so far."""
        with self._changed:
            self._failures[message_id] += 1
            return self._failures[message_id]

    def idle(self, timeout: float) -> bool:
        """True as soon as every published message was answered; False after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, timeout)
