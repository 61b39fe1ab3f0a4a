"""A host with the sample functions as a program of its own, for as long as a module's tests last."""

from __future__ import annotations
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.emulators import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds: a limit that only a fault meets, however busy the machine is."""


@dataclass(frozen=True)
class Host:
    """A running host: where it listens, where it keeps things, what it said first."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    first_line: str

    def ask(
        self, method: str, path: str, body: str | bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        """One request on a connection of its own; the answer and its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {"Accept": "*/*", **(headers or {})})
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """The exit status after a signal; on a busy machine it may take a while."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def environment(data: Path, port: int, **settings: str) -> dict[str, str]:
    """The environment of a host, without what this run of the tests happens to be set to."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LAKSA_", "SMTP_"))}
    return {**inherited, "LAKSA_DATA": str(data), "PORT": str(port), **settings}


@contextmanager
def starting_host(data: Path, **settings: str) -> Iterator[Host]:
    """The sample host on a free port, in a process group of its own; it may not be ready yet."""
    port = free_port()
    command = [sys.executable, "-m", "tests.embedded.sample_host"]
    env = environment(data, port, **settings)
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield Host(process, port, data, "")
        finally:
            process.kill()


@contextmanager
def running_host(data: Path, **settings: str) -> Iterator[Host]:
    """The sample host, ready."""
    with starting_host(data, **settings) as host:
        assert host.process.stdout
        yield replace(host, first_line=host.process.stdout.readline())


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """One sample host for the whole module."""
    with running_host(tmp_path_factory.mktemp("laksa")) as running:
        yield running
