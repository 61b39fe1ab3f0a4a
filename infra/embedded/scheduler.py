"""Runs the schedule of the topology by Laksa's clock, as time passes or when the clock is moved. Also lets a
command finish its own work: what it publishes to the queue in memory is delivered before the command ends.
"""

from __future__ import annotations
import heapq
import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from functions.app.container import ROOT, container
from functions.app.logging import where
from infra.embedded.dispatch import Targets
from infra.embedded.host_lock import lock_beside_host
from infra.embedded.transports import Deliverer, QueueTransport
from infra.topology import Function, Topology, read_topology
from workflows.ports import Clock

SWEEP = "sweep"
MAX_PAUSE = 1.0
MAX_WORK = 60.0
GRACE = timedelta(seconds=5)
ALWAYS = datetime.min.replace(tzinfo=UTC)
log = logging.getLogger("laksa.scheduler")


class MovableClock(Clock, Protocol):
    """A clock that can be moved forward; ValueError when asked to go back."""

    def jump_to(self, at: datetime) -> None: ...


def ticks(topology: Topology, after: datetime, until: datetime) -> Iterator[tuple[datetime, str]]:
    """Every (moment in UTC, function) due after `after` and not after `until`; those of one moment in the file's
    order.
    """
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
    """Runs due functions one at a time. `tick(name)` returns an HTTP status; `idle(seconds)` waits for the bus.
    `next_alarm()` is the moment before which a sweep finds nothing (None: unknown); a jump skips such sweeps. At
    the start each function makes up for one missed tick of the same day. A tick that was not answered with 2xx
    runs again with the next.
    """

    def __init__(
        self,
        topology: Topology,
        clock: Clock,
        tick: Callable[[str], int],
        idle: Callable[[float], bool],
        next_alarm: Callable[[], datetime | None] = lambda: ALWAYS,
    ) -> None:
        self._topology, self._clock, self._tick, self._idle = topology, clock, tick, idle
        self._next_alarm = next_alarm
        self._done = clock.now()
        self._owed: list[str] = []
        self._turn = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="scheduler", daemon=True)

    def start(self) -> None:
        """Sweep once, then follow the clock in a thread of its own."""
        self._thread.start()

    def wind_down(self) -> None:
        """Start no further function, even in the middle of a jump of the clock."""
        self._stopped.set()

    def stop(self, timeout: float) -> bool:
        """Wait for the running function; True if none runs any more within `timeout` seconds."""
        self.wind_down()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def sweep(self) -> None:
        """Run one sweep now, between the ticks."""
        with self._turn:
            self._run(SWEEP)

    def run_until(self, at: datetime, clock: MovableClock) -> int:
        """Move `clock` to `at`, running every tick on the way to completion; returns their number. ValueError when
        `at` was past by more than GRACE at the call.
        """
        asked = time.monotonic()
        with self._turn:
            waited = timedelta(seconds=time.monotonic() - asked)
            if at < self._clock.now() - waited - GRACE:
                raise ValueError("the clock cannot go back")
            return self._walk_to(at, clock)

    def _walk_to(self, at: datetime, clock: MovableClock) -> int:
        due = list(ticks(self._topology, self._done, at))
        last_sweep = next((moment for moment, name in reversed(due) if name == SWEEP), None)
        alarm = self._next_alarm()
        for count, (moment, name) in enumerate(due):
            if self._stopped.is_set():
                return count
            self._done = moment
            # the last sweep runs in any case, so that its heartbeat is right
            if name != SWEEP or moment == last_sweep or self._owed or (alarm and alarm <= moment):
                self._run_at(moment, name, clock)
                alarm = self._next_alarm()
        _move(clock, at)
        self._done = max(at, self._done)
        return len(due)

    def _run_at(self, moment: datetime, name: str, clock: MovableClock) -> None:
        """Move the clock to the moment, run the function and wait until its work is done."""
        _move(clock, moment)
        self._run(name)
        if not self._idle(MAX_WORK):
            log.warning("a tick's work is still not done", extra={"function": name})

    def _catch_up(self) -> None:
        """Run missed ticks of the same day once: a machine switched on at nine still does the work of seven."""
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
        """Seconds until the next full minute, at most LONGEST_PAUSE, since the clock may be moved meanwhile."""
        return min(MAX_PAUSE, 60 - self._clock.now().timestamp() % 60)

    def _run_due(self) -> None:
        now = self._clock.now()
        # after a sleep of the machine many ticks are due: each function runs once
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


def _move(clock: MovableClock, at: datetime) -> None:
    if clock.now() < at:
        clock.jump_to(at)


T = TypeVar("T")
PATIENCE, STOPPING = 120.0, 5.0


def finish_here(work: Callable[[], T]) -> T:
    """Do a command's work; if the bus is in this process, wait until nothing is in flight, and stop it."""
    rt = container()
    if rt.settings.stack != "embedded":
        return work()
    topology = read_topology()
    transport = QueueTransport(topology.push)
    rt.bus = transport.bus
    transport.start(Deliverer(topology, Targets(ROOT / "main.py").app, rt.settings.project))
    try:
        with lock_beside_host(rt.settings.data):
            done = work()
            transport.idle(PATIENCE)
    finally:
        transport.stop(STOPPING)
    return done
