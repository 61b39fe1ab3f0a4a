"""A queue whose messages are delivered one after the other, on the thread of whoever waits for them."""

from __future__ import annotations
from collections import deque
from typing import Any


class OrderedBus:
    """Bus and transport at once: what is published is delivered by `idle`, first come, first served.

    While `held`, nothing is delivered. `failed` holds (topic, status) of every delivery that was not answered 2xx;
    such a message is given up.
    """

    keeps_schedule = False
    """No thread follows the clock: the schedule runs only when the clock is moved by its page."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, dict[str, str]]] = deque()
        self._delivered = 0
        self._delivers: Any = None
        self.failed: list[tuple[str, int]] = []
        self.held = False

    def publish(self, topic: str, data: dict[str, str]) -> None:
        """Keep a message until somebody waits."""
        self._waiting.append((topic, dict(data)))

    def start(self, deliver: Any) -> None:
        """Deliver by `deliver` from now on."""
        self._delivers = deliver

    def idle(self, timeout: float) -> bool:
        """Deliver everything, also what is published meanwhile."""
        while self._waiting and not self.held:
            topic, data = self._waiting.popleft()
            self._delivered += 1
            status = self._delivers.push(topic, data, f"message-{self._delivered}")
            if not 200 <= status < 300:
                self.failed.append((topic, status))
        return True

    def tick(self, name: str) -> int:
        """Let one scheduled function run now; its HTTP status."""
        status: int = self._delivers.tick(name)
        self.idle(0)
        return status

    def stop(self, timeout: float) -> bool:
        """Nothing runs on a thread of its own."""
        return True
