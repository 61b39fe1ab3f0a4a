"""A bus inside one process: a queue whose workers try a message a few times and then publish one dead letter."""

from __future__ import annotations
import heapq
import json
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace

from workflows.failures import BusUnavailable
from workflows.frozen import frozen
from workflows.topics import DEAD_LETTER

Deliver = Callable[[str, dict[str, str], str], int]
log = logging.getLogger("laksa.bus")


@frozen
class Retries:
    """How often a message is tried; the pause between tries (seconds) doubles, beginning with `first_pause`."""

    max_attempts: int = 5
    first_pause: float = 0.1
    dead_letter_topic: str = DEAD_LETTER


@frozen
class _Message:
    topic: str
    data: dict[str, str]
    id: str
    attempts: int = 0


class LocalBus:
    """Bus in memory. Its messages are lost with the process; the alarms in the store find the work again. Before
    `attach` messages are kept; never more than `most`. BusUnavailable when full, or after `stop`. `pauses`:
    seconds by topic before a message is delivered; no worker is blocked by them.
    """

    def __init__(
        self, retries: Retries | None = None, most: int = 100_000, pauses: Mapping[str, float] | None = None
    ) -> None:
        self._retries = retries or Retries()
        self._most = most
        self._pauses = pauses or {}
        self._changed = threading.Condition()
        self._ready: deque[_Message] = deque()
        self._waiting: list[tuple[float, str, _Message]] = []
        self._busy = 0
        self._stopped = False
        self._workers: list[threading.Thread] = []

    def publish(self, topic: str, data: dict[str, str]) -> None:
        """Queue a message and return at once."""
        with self._changed:
            if self._stopped or len(self._ready) + len(self._waiting) >= self._most:
                raise BusUnavailable("the queue is full" if not self._stopped else "the queue has stopped")
            message = _Message(topic, dict(data), uuid.uuid4().hex)
            if pause := self._pauses.get(topic):
                self._wait(message, pause)
            else:
                self._ready.append(message)
            self._changed.notify_all()

    def attach(self, deliver: Deliver, threads: int = 4) -> None:
        """Start workers. `deliver(topic, data, message_id)` returns an HTTP status: 2xx means done."""
        for number in range(threads):
            worker = threading.Thread(target=self._work, args=(deliver,), name=f"bus-{number}", daemon=True)
            self._workers.append(worker)
            worker.start()

    def idle(self, timeout: float) -> bool:
        """True as soon as no message is queued, waiting for a retry or in delivery; False after
        `timeout` seconds.
        """
        with self._changed:
            return self._changed.wait_for(lambda: not (self._ready or self._waiting or self._busy), timeout)

    def stop(self, timeout: float) -> bool:
        """Let running deliveries end and drop the rest; True when every worker has ended within
        `timeout` seconds.
        """
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        end = time.monotonic() + timeout
        for worker in self._workers:
            worker.join(max(0.0, end - time.monotonic()))
        return not any(worker.is_alive() for worker in self._workers)

    def _work(self, deliver: Deliver) -> None:
        while (message := self._take()) is not None:
            error = _error_of(deliver, message)
            self._settle(message, error)

    def _take(self) -> _Message | None:
        with self._changed:
            while not self._stopped:
                pause = self._wake_waiting()
                if self._ready:
                    self._busy += 1
                    return self._ready.popleft()
                self._changed.wait(pause)
        return None

    def _wake_waiting(self) -> float | None:
        """Queue the messages whose pause is over; returns seconds until the next, None when none waits."""
        now = time.monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            self._ready.append(heapq.heappop(self._waiting)[2])
        return self._waiting[0][0] - now if self._waiting else None

    def _wait(self, message: _Message, pause: float) -> None:
        heapq.heappush(self._waiting, (time.monotonic() + pause, message.id, message))

    def _settle(self, message: _Message, error: str) -> None:
        tried = replace(message, attempts=message.attempts + 1)
        with self._changed:
            if error and tried.attempts < self._retries.max_attempts:
                self._wait(tried, self._retries.first_pause * 2**message.attempts)
            elif error:
                self._bury(tried, error)
            self._busy -= 1
            self._changed.notify_all()

    def _bury(self, message: _Message, error: str) -> None:
        log.error("message given up", extra={"topic": message.topic, "error": error})
        if message.topic == self._retries.dead_letter_topic:
            return
        letter = {"topic": message.topic, "data": json.dumps(message.data), "error": error}
        self._ready.append(_Message(self._retries.dead_letter_topic, letter, uuid.uuid4().hex))


def _error_of(deliver: Deliver, message: _Message) -> str:
    """Why a delivery failed, without its content; '' on success."""
    try:
        status = deliver(message.topic, message.data, message.id)
    except Exception as error:
        log.error("delivery broke", extra={"topic": message.topic, "error": type(error).__name__})
        return type(error).__name__
    return "" if 200 <= status < 300 else f"HTTP {status}"
