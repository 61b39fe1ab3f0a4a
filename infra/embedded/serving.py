"""Puts all of Laksa together in one process (functions, schedule, local pages, socket) and runs it from start to
stop: the ready line, signals, and one line when it cannot start. SIGINT and SIGTERM are handled once: `make` sends
its child a second one, and people press Ctrl-C twice.
"""

from __future__ import annotations
import atexit
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol, cast

from functions.app.container import ROOT, Container, services
from functions.app.data_files import PolicyError
from functions.app.jobs import erase_undone
from functions.app.settings import TOKEN, Settings, reachable
from infra.embedded.dispatch import Application, Dispatch, Environ, Targets
from infra.embedded.drain import IdleWait
from infra.embedded.host_lock import acquire_host_lock, share_host_lock
from infra.embedded.local_pages import Inbox, LocalPages
from infra.embedded.scheduler import ALWAYS, MovableClock, Scheduler
from infra.embedded.server import RequestPriority, Server
from infra.embedded.transports import Deliverer
from infra.topology import Topology, read_topology
from workflows.clock.deadlines import next_alarm
from workflows.failures import Retryable
from workflows.mail.send_notice import release_leases
from workflows.migration.import_guard import require_whole

STOP = (signal.SIGINT, signal.SIGTERM)


def exit_on_signals() -> None:
    """Exit at once on a signal, together with child processes; used until there is something to stop in order."""
    atexit.register(_ignore)
    _at_first_signal(lambda: sys.exit(0))


def wind_down_on_signals(wind_down: Callable[[], None]) -> None:
    """From now on run `wind_down` at the first signal, in a thread of its own, where it may take locks."""
    heard = SimpleQueue[None]()

    def wait() -> None:
        heard.get()
        wind_down()

    threading.Thread(target=wait, name="signals", daemon=True).start()
    # the only kind of queue that a signal handler may safely put to
    _at_first_signal(lambda: heard.put(None))


def _at_first_signal(act: Callable[[], None]) -> None:
    def hear(*_: object) -> None:
        for number in STOP:
            signal.signal(number, _heard_already)
        act()

    for number in STOP:
        signal.signal(number, hear)


def _heard_already(*_: object) -> None:
    """Ignore further signals."""


def _ignore() -> None:
    """Ignore the signals at shutdown: the interpreter would restore the default handlers, which kill."""
    for number in STOP:
        signal.signal(number, signal.SIG_IGN)


STOPPING = 0.6


class Transport(Protocol):
    """How messages reach the functions, and whether this process also keeps the schedule."""

    @property
    def keeps_schedule(self) -> bool: ...
    def start(self, deliver: Deliverer) -> None: ...
    def idle(self, timeout: float) -> bool: ...
    def stop(self, timeout: float) -> bool: ...


class Host:
    """Everything but the socket. `start` begins delivery and schedule; `app` answers pages."""

    def __init__(self, runtime: Container, topology: Topology, source: Path, transport: Transport) -> None:
        targets = Targets(source)
        self._runtime = runtime
        self._transport = transport
        courtesy = RequestPriority()
        self._deliver = Deliverer(topology, targets.app, runtime.settings.project, courtesy.step_aside)
        self._scheduler = Scheduler(topology, runtime.clock, self._deliver.tick, transport.idle, self._next_alarm)
        private = runtime.settings.callers.check == TOKEN
        self.app = Dispatch(topology, courtesy.for_people(targets.app), self._local_pages(), private)

    def start(self) -> None:
        """Deliver messages and follow the schedule; the first sweep resumes what a crash left unfinished. Erasures
        that an old copy of the store undid are repeated before anybody sees a page.
        """
        if self._transport.keeps_schedule:
            self._lock = acquire_host_lock(self._runtime.settings.data)
            require_whole(self._runtime.store)
            release_leases(services(self._runtime))
            erase_undone(self._runtime)
            share_host_lock(self._lock)
        self._transport.start(self._deliver)
        if self._transport.keeps_schedule:
            self._scheduler.start()

    def wind_down(self) -> None:
        """Start nothing new on the schedule."""
        self._scheduler.wind_down()

    def stop(self) -> None:
        """Wait for running work, in little more than a second."""
        self._scheduler.stop(STOPPING)
        self._transport.stop(STOPPING)

    def _local_pages(self) -> Callable[[Environ], Application | None] | None:
        rt = self._runtime
        if not rt.settings.nothing_is_real:
            return None
        settling = IdleWait(rt.store, rt.clock, self._scheduler.sweep, self._transport.idle)
        inbox = cast(Inbox, rt.mailer)
        pages = LocalPages(rt.settings.url, inbox, rt.clock, self._advance, settling.settle)
        return pages.for_request

    def _next_alarm(self) -> datetime | None:
        """The next alarm, or None when the store does not answer: then every sweep may find something."""
        try:
            return next_alarm(self._runtime.store)
        except Retryable:
            return ALWAYS

    def _advance(self, at: datetime) -> int:
        return self._scheduler.run_until(at, cast(MovableClock, self._runtime.clock))


SOURCE = ROOT / "main.py"
UNUSABLE_SETTINGS = 2
FAILED = 1
ANSWER_WITHIN = 30.0
_WAKES_ITSELF = "LAKSA_CALLERS=token is for Google Cloud; this host wakes its functions itself, without tokens"


def run(rt: Container, connect: Callable[[Container, Topology], Transport], source: Path = SOURCE) -> int:
    """Assemble the host, print the ready line once the form answers, and serve until a signal; the exit status."""
    os.umask(0o077)  # citizens' texts are readable by this user only
    topology = read_topology()
    try:
        transport = connect(rt, topology)
        if transport.keeps_schedule and rt.settings.callers.check == TOKEN:
            return complain(_WAKES_ITSELF, UNUSABLE_SETTINGS)
        house = Host(rt, topology, source, transport)
        _try_what_is_kept(rt)
    except PolicyError as error:
        return complain(str(error), UNUSABLE_SETTINGS)
    except (OSError, ValueError, Retryable) as error:
        return complain(f"{rt.settings.data} cannot be used ({error})", FAILED)
    return _serve_from(house, rt.settings)


def _serve_from(house: Host, settings: Settings) -> int:
    try:
        server = Server(house.app, settings.bind, settings.port)
    except OSError as error:
        return complain(_why_no_socket(error, settings), FAILED)
    except ValueError as error:
        return complain(f"LAKSA_BIND {settings.bind} cannot be used ({error})", FAILED)
    try:
        house.start()
    except OSError as error:
        return complain(f"{error.filename or settings.data} cannot be used ({error.strerror or error})", FAILED)
    except (ValueError, Retryable) as error:
        return complain(str(error), FAILED)
    return _serve(house, server, settings)


def _try_what_is_kept(rt: Container) -> None:
    """Check keys, rules and store now rather than at the first citizen's request; raises if one is broken."""
    assert rt.links and rt.rules
    rt.store.get("system", "sweep")


def complain(sentence: str, status: int) -> int:
    """Print one line on standard error; returns the exit status."""
    print(f"Laksa cannot start: {sentence}", file=sys.stderr, flush=True)  # noqa: T201
    return status


def address(settings: Settings) -> str:
    """The address of the form for a browser on this machine."""
    return f"http://{reachable(settings.bind)}:{settings.port}/"


def _serve(house: Host, server: Server, settings: Settings) -> int:
    failed = threading.Event()

    def wind_down() -> None:
        house.wind_down()
        server.stop()

    wind_down_on_signals(wind_down)
    greeter = threading.Thread(target=_greet, args=(settings, server, failed), daemon=True)
    greeter.start()
    server.serve()
    house.stop()
    return FAILED if failed.is_set() else 0


def _greet(settings: Settings, server: Server, failed: threading.Event) -> None:
    """Request the form as a browser would; only then print the ready line."""
    status = _status_of_form(settings)
    if status == 200:
        print(f"Laksa is ready: {address(settings)}", flush=True)  # noqa: T201
    elif not server.stopping:
        complain(f"the form answers {status or 'nothing'}", FAILED)
        failed.set()
        server.stop()


def _status_of_form(settings: Settings) -> int:
    connection = HTTPConnection(reachable(settings.bind).strip("[]"), settings.port, timeout=ANSWER_WITHIN)
    try:
        connection.request("GET", "/", headers={"Connection": "close"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _why_no_socket(error: OSError, settings: Settings) -> str:
    where = f"{_bracketed(settings.bind)}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is in use; choose another with PORT=8081"
    return f"{where} cannot be used ({error.strerror or error})"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
