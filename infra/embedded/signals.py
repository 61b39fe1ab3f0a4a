"""SIGINT and SIGTERM, heard once: `make` sends its child a second one, and people press Ctrl-C twice."""

from __future__ import annotations

import atexit
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue

STOP = (signal.SIGINT, signal.SIGTERM)


def exit_on_signals() -> None:
    """Until there is something to stop in order, a signal ends the program, and what it started, at once."""
    atexit.register(_ignore)
    _at_first_signal(lambda: sys.exit(0))


def wind_down_on_signals(wind_down: Callable[[], None]) -> None:
    """From now on the first signal has `wind_down` run in a thread of its own, where it may take locks."""
    heard = SimpleQueue[None]()

    def wait() -> None:
        heard.get()
        wind_down()

    threading.Thread(target=wait, name="signals", daemon=True).start()
    # Of all queues only this one may be put to from a handler that interrupts anything.
    _at_first_signal(lambda: heard.put(None))


def _at_first_signal(act: Callable[[], None]) -> None:
    def hear(*_: object) -> None:
        for number in STOP:
            signal.signal(number, _heard_already)
        act()

    for number in STOP:
        signal.signal(number, hear)


def _heard_already(*_: object) -> None:
    """One signal is enough."""


def _ignore() -> None:
    """While it shuts down the interpreter puts back what kills, except where a signal is ignored."""
    for number in STOP:
        signal.signal(number, signal.SIG_IGN)
