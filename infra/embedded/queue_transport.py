"""Messages in memory: the queue's workers call the functions of this process."""

from __future__ import annotations

from infra.embedded.deliver import Deliverer
from infra.topology import Push
from workflows.adapters.local_bus import LocalBus, Retries
from workflows.topics import LINK_ASKED

WORKERS = 4
PAUSES = {LINK_ASKED: 0.05}
"""Seconds in which the answer leaves the same process: work done meanwhile would slow it down, and so tell."""


class QueueTransport:
    """A LocalBus with the topology's rules; `bus` is what the workflows publish to."""

    keeps_schedule = True

    def __init__(self, push: Push) -> None:
        retries = Retries(max_attempts=push.max_attempts, dead_letter_topic=push.dead_letter_topic)
        self.bus = LocalBus(retries, pauses=PAUSES)

    def start(self, deliver: Deliverer) -> None:
        """Deliver from now on."""
        self.bus.attach(deliver.push, WORKERS)

    def idle(self, timeout: float) -> bool:
        """True when no message is under way."""
        return self.bus.idle(timeout)

    def stop(self, timeout: float) -> bool:
        """True when every delivery ended in time."""
        return self.bus.stop(timeout)
