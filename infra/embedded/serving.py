"""Serving from start to stop: the socket, the ready line, signals, and one line when it cannot be."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from functions.policy_file import PolicyError
from functions.settings import Settings, reachable
from functions.who_calls import TOKEN
from functions.wiring import ROOT, Runtime
from infra.embedded.house import House, Transport
from infra.embedded.server import Server
from infra.embedded.signals import wind_down_on_signals
from infra.topology import Topology, read_topology
from workflows.failures import Retryable

SOURCE = ROOT / "main.py"
UNUSABLE_SETTINGS = 2
FAILED = 1
ANSWER_WITHIN = 30.0
_WAKES_ITSELF = "LAKSA_CALLERS=token is for Google Cloud; this host wakes its functions itself, without tokens"


def run(rt: Runtime, connect: Callable[[Runtime, Topology], Transport], source: Path = SOURCE) -> int:
    """Put the house together on its socket, say when the form answers, serve until a signal; exit status."""
    os.umask(0o077)  # what citizens wrote is nobody else's on this machine
    topology = read_topology()
    try:
        transport = connect(rt, topology)
        if transport.keeps_schedule and rt.settings.callers.check == TOKEN:
            return complain(_WAKES_ITSELF, UNUSABLE_SETTINGS)
        house = House(rt, topology, source, transport)
        _try_what_is_kept(rt)
    except PolicyError as error:
        return complain(str(error), UNUSABLE_SETTINGS)
    except (OSError, ValueError, Retryable) as error:
        return complain(f"{rt.settings.data} cannot be used ({error})", FAILED)
    return _serve_from(house, rt.settings)


def _serve_from(house: House, settings: Settings) -> int:
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


def _try_what_is_kept(rt: Runtime) -> None:
    """Keys, rules and store, now rather than at the first citizen; raises where one of them is broken."""
    assert rt.links and rt.rules
    rt.store.get("system", "sweep")


def complain(sentence: str, status: int) -> int:
    """One line on standard error; the exit status."""
    print(f"Laksa cannot start: {sentence}", file=sys.stderr, flush=True)  # noqa: T201
    return status


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the form."""
    return f"http://{reachable(settings.bind)}:{settings.port}/"


def _serve(house: House, server: Server, settings: Settings) -> int:
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
    """Ask for the form as a browser would; only then is Laksa ready."""
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
