"""All of Laksa in one process, put together: functions, schedule, local pages and the socket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from functions.erasing import erase_undone
from functions.services import ports
from functions.who_calls import TOKEN
from functions.wiring import Runtime
from infra.embedded.courtesy import Courtesy
from infra.embedded.deliver import Deliverer
from infra.embedded.dispatch import Dispatch
from infra.embedded.local_pages import Inbox, LocalPages
from infra.embedded.one_house import move_in, share
from infra.embedded.scheduler import ALWAYS, MovableClock, Scheduler
from infra.embedded.settling import Settling
from infra.embedded.targets import Application, Environ, Targets
from infra.topology import Topology
from workflows.clock.deadlines import next_alarm
from workflows.failures import Retryable
from workflows.mail.notices import release_leases
from workflows.moving.unfinished import require_whole

STOPPING = 0.6


class Transport(Protocol):
    """How messages reach the functions, and whether this process also keeps the schedule."""

    @property
    def keeps_schedule(self) -> bool: ...
    def start(self, deliver: Deliverer) -> None: ...
    def idle(self, timeout: float) -> bool: ...
    def stop(self, timeout: float) -> bool: ...


class House:
    """Everything but the socket. `start` begins delivery and the schedule; `app` answers pages."""

    def __init__(self, runtime: Runtime, topology: Topology, source: Path, transport: Transport) -> None:
        targets = Targets(source)
        self._runtime = runtime
        self._transport = transport
        courtesy = Courtesy()
        self._deliver = Deliverer(topology, targets.app, runtime.settings.project, courtesy.step_aside)
        self._scheduler = Scheduler(topology, runtime.clock, self._deliver.tick, transport.idle, self._next_alarm)
        private = runtime.settings.callers.check == TOKEN
        self.app = Dispatch(topology, courtesy.for_people(targets.app), self._local_pages(), private)

    def start(self) -> None:
        """Deliver messages and follow the schedule; the first sweep takes up what a crash left unfinished.

        What an old copy of the store brought back is erased before anybody can see it.
        """
        if self._transport.keeps_schedule:
            self._lock = move_in(self._runtime.settings.data)
            require_whole(self._runtime.store)
            release_leases(ports(self._runtime))
            erase_undone(self._runtime)
            share(self._lock)
        self._transport.start(self._deliver)
        if self._transport.keeps_schedule:
            self._scheduler.start()

    def wind_down(self) -> None:
        """Begin nothing new on the schedule."""
        self._scheduler.wind_down()

    def stop(self) -> None:
        """Let what is running end, in little more than a second."""
        self._scheduler.stop(STOPPING)
        self._transport.stop(STOPPING)

    def _local_pages(self) -> Callable[[Environ], Application | None] | None:
        rt = self._runtime
        if not rt.settings.nothing_is_real:
            return None
        settling = Settling(rt.store, rt.clock, self._scheduler.sweep, self._transport.idle)
        inbox = cast(Inbox, rt.mailer)
        pages = LocalPages(rt.settings.url, inbox, rt.clock, self._advance, settling.settle)
        return pages.for_request

    def _next_alarm(self) -> datetime | None:
        """Where the store does not tell, every sweep may find something."""
        try:
            return next_alarm(self._runtime.store)
        except Retryable:
            return ALWAYS

    def _advance(self, at: datetime) -> int:
        return self._scheduler.run_until(at, cast(MovableClock, self._runtime.clock))
