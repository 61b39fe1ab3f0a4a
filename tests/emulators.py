"""Google's emulators as session fixtures; a test folder takes them by importing them into its conftest.

One that already runs, said by FIRESTORE_EMULATOR_HOST or PUBSUB_EMULATOR_HOST, is used and left running. Otherwise
the first worker that needs one starts it for all workers of the run, and ends it when no other uses it any more.
Without gcloud or Java their tests are skipped, or fail where LAKSA_REQUIRE_EMULATORS=1.
"""

from __future__ import annotations
import fcntl
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NoReturn

import pytest

from infra.embedded.google_host import java_env

PROJECT = "laksa-test"
_START_SECONDS = 300.0
_STOP_SECONDS = 10.0
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw9").removeprefix("gw")) % 10
_PORTS = cycle(random.sample(range(20_000 + 1_000 * _WORKER, 21_000 + 1_000 * _WORKER), 1_000))
"""Below the ports that Linux gives to outgoing connections, a thousand for each worker, in an order of its own."""


@pytest.fixture(scope="session")
def firestore_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """host:port of a Firestore emulator, for as long as the session lasts."""
    command = ["gcloud", "emulators", "firestore", "start"]
    with _emulator("FIRESTORE_EMULATOR_HOST", command, _folder_of_run(tmp_path_factory, "firestore")) as address:
        yield address


@pytest.fixture(scope="session")
def pubsub_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """host:port of a Pub/Sub emulator, for as long as the session lasts."""
    folder = _folder_of_run(tmp_path_factory, "pubsub")
    command = ["gcloud", "beta", "emulators", "pubsub", "start", f"--project={PROJECT}"]
    with _emulator("PUBSUB_EMULATOR_HOST", [*command, f"--data-dir={folder}"], folder) as address:
        yield address


def _folder_of_run(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that all workers of this run share."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _emulator(variable: str, command: list[str], folder: Path) -> Iterator[str]:
    if running := os.environ.get(variable):
        yield running
        return
    for program in ("gcloud", "java"):
        if shutil.which(program) is None:
            _do_without(f"{program} is not installed")
    with _shared(command, folder) as address:
        os.environ[variable] = address
        try:
            yield address
        finally:
            del os.environ[variable]


@contextmanager
def _shared(command: list[str], folder: Path) -> Iterator[str]:
    """The emulator of this run. Users hold a shared lock; who started it waits for all of them, then ends it."""
    said = folder / "address"
    with (folder / "users").open("w") as users:
        with _turn(folder):
            process = None if said.exists() else _started(command, said)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield said.read_text()
        finally:
            if process:
                with _turn(folder):
                    fcntl.flock(users, fcntl.LOCK_EX)
                    said.unlink()
                    _stop(process)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One worker at a time starts or ends the emulator."""
    with (folder / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _started(command: list[str], said: Path) -> subprocess.Popen[bytes]:
    """The emulator, ready, its address written to `said`."""
    address, log = f"127.0.0.1:{free_port()}", said.with_name("emulator.log")
    environment = java_env(os.environ) | {"CLOUDSDK_CORE_DISABLE_PROMPTS": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, f"--host-port={address}"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    if not _answers(address, process):
        _stop(process)
        _do_without(f"{command} did not start: {log.read_text(errors='replace')[-500:]}")
    said.write_text(address)
    return process


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{address}/", timeout=1):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: gcloud alone would leave its Java behind."""
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, signal_number)
            process.wait(_STOP_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("LAKSA_REQUIRE_EMULATORS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def free_port() -> int:
    """A port of this machine that nobody listens on now, and that no other worker and no outgoing connection takes."""
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("every port is taken")
