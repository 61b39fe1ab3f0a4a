"""The schedule of the topology, run against Laksa's clock: as time passes, or when the clock is moved."""

from __future__ import annotations

import heapq
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from operator import itemgetter
from typing import Protocol
from zoneinfo import ZoneInfo

from functions.logs import where
from infra.topology import Function, Topology
from workflows.ports import Clock

SWEEP = "sweep"
LONGEST_PAUSE = 1.0
LONGEST_WORK = 60.0
log = logging.getLogger("laksa.scheduler")


class MovableClock(Clock, Protocol):
    """A clock that can be moved forward; ValueError when asked to go back."""

    def jump_to(self, at: datetime) -> None: ...


def ticks(topology: Topology, after: datetime, until: datetime) -> Iterator[tuple[datetime, str]]:
    """Every (moment in UTC, function) due after `after` and not after `until`; at one moment, as in the file."""
    local = after.astimezone(ZoneInfo(topology.timezone))
    each = (_ticks_of(function, local) for function in topology.scheduled)
    for at, name in heapq.merge(*each, key=itemgetter(0)):
        if at > until:
            return
        yield at, name


def _ticks_of(function: Function, after: datetime) -> Iterator[tuple[datetime, str]]:
    from cronsim import CronSim

    for at in CronSim(function.cron, after):
        yield at.astimezone(UTC), function.name


class Scheduler:
    """Runs due functions one at a time. `tick(name)` answers an HTTP status; `idle(seconds)` waits for the bus.

    Of the ticks missed while nothing ran, each function makes up for one of the same day, at the start. A tick
    that did not answer 2xx runs again with the next.
    """

    def __init__(
        self,
        topology: Topology,
        clock: Clock,
        tick: Callable[[str], int],
        idle: Callable[[float], bool],
    ) -> None:
        self._topology, self._clock, self._tick, self._idle = topology, clock, tick, idle
        self._done = clock.now()
        self._owed: list[str] = []
        self._turn = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="scheduler", daemon=True)

    def start(self) -> None:
        """Sweep once, then follow the clock on a thread of its own."""
        self._thread.start()

    def wind_down(self) -> None:
        """Run nothing more, even in the middle of a jump of the clock."""
        self._stopped.set()

    def stop(self, timeout: float) -> bool:
        """True when no function is being run any more within `timeout` seconds."""
        self.wind_down()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def sweep(self) -> None:
        """One sweep now, between the ticks."""
        with self._turn:
            self._run(SWEEP)

    def run_until(self, at: datetime, clock: MovableClock) -> int:
        """Move `clock` to `at`, stopping at every tick on the way until its work is done; how many there were.

        ValueError when `at` has passed.
        """
        with self._turn:
            if at < self._clock.now():
                raise ValueError("the clock cannot go back")
            return self._walk_to(at, clock)

    def _walk_to(self, at: datetime, clock: MovableClock) -> int:
        count = 0
        for moment, name in ticks(self._topology, self._done, at):
            if self._stopped.is_set():
                return count
            self._done = _move(clock, moment)
            self._run(name)
            if not self._idle(LONGEST_WORK):
                log.warning("a tick's work is still not done", extra={"function": name})
            count += 1
        self._done = _move(clock, at)
        return count

    def _catch_up(self) -> None:
        """A machine switched on at nine still does what was due at seven, once."""
        now = self._clock.now()
        midnight = now.astimezone(ZoneInfo(self._topology.timezone)).replace(hour=0, minute=0, second=0)
        with self._turn:
            for name in dict.fromkeys((SWEEP, *(name for _, name in ticks(self._topology, midnight, now)))):
                self._run(name)

    def _follow(self) -> None:
        self._catch_up()
        while not self._stopped.wait(self._pause()):
            with self._turn:
                self._run_due()

    def _pause(self) -> float:
        """Seconds until the next full minute, at most LONGEST_PAUSE: somebody may move the clock meanwhile."""
        return min(LONGEST_PAUSE, 60 - self._clock.now().timestamp() % 60)

    def _run_due(self) -> None:
        now = self._clock.now()
        # After a sleep of the machine many ticks are due: each function runs once.
        due = {name: at for at, name in ticks(self._topology, self._done, now)}
        self._done = max(now, self._done)
        for name in due:
            self._run(name)

    def _run(self, name: str) -> None:
        names = [*(owed for owed in self._owed if owed != name), name]
        self._owed = [name for name in names if not self._ran(name)]

    def _ran(self, name: str) -> bool:
        try:
            status = self._tick(name)
        except Exception as error:
            facts = {"function": name, "error": type(error).__name__, "where": where(error.__traceback__)}
            log.exception("a tick broke", extra=facts)
            return False
        if not 200 <= status < 300:
            log.error("a tick did not work", extra={"function": name, "state": status})
        return 200 <= status < 300


def _move(clock: MovableClock, at: datetime) -> datetime:
    if clock.now() < at:
        clock.jump_to(at)
    return at
