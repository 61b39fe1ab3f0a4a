"""SIGINT and SIGTERM come in twos: from make and its own sender, from a person who presses again."""

from __future__ import annotations
import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.embedded.conftest import PATIENCE, Host, running_host, starting_host
from tests.journeys.city import wait_for

HALF = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"


def _again(host: Host, number: int, after: float) -> None:
    time.sleep(after)
    with suppress(ProcessLookupError):
        host.process.send_signal(number)


def _hears(pid: int, number: int) -> bool:
    """Whether the process has a handler for the signal: as soon as it has, whatever it does then."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (number - 1) & 1)


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("gap", [0.0, 0.05, *(pytest.param(gap, marks=pytest.mark.whole) for gap in (0.002, 0.5))])
def test_a_second_signal_changes_nothing(tmp_path: Path, gap: float, second: int) -> None:
    with running_host(tmp_path) as host:
        host.process.send_signal(signal.SIGTERM)
        _again(host, second, gap)
        assert host.process.wait(PATIENCE) == 0


def test_two_signals_stop_it_with_half_a_request_on_the_line(tmp_path: Path) -> None:
    with running_host(tmp_path) as host, socket.create_connection(("127.0.0.1", host.port)) as line:
        line.sendall(HALF)
        os.killpg(host.process.pid, signal.SIGTERM)
        _again(host, signal.SIGTERM, 0.002)
        assert host.process.wait(PATIENCE) == 0


def test_a_signal_while_it_starts_ends_it_as_well(tmp_path: Path) -> None:
    with running_host(tmp_path) as first, starting_host(tmp_path) as second:
        wait_for(lambda: _hears(second.process.pid, signal.SIGTERM))
        second.process.send_signal(signal.SIGTERM)
        _again(second, signal.SIGTERM, 0.002)
        assert second.process.wait(PATIENCE) == 0
        assert first.stop() == 0
