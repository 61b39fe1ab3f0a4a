"""Laksa on Google's emulators on one machine: `python -m infra.embedded.google_host`. Those that the environment
does not name are started as child processes that never outlive this one.
"""

from __future__ import annotations
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from functions.app.container import Container, container
from functions.app.data_folder import EMULATORS_FILE
from functions.app.logging import set_up
from functions.app.settings import Settings, SettingsError, read_settings
from infra.embedded.serving import FAILED, UNUSABLE_SETTINGS, Transport, complain, exit_on_signals, run
from infra.embedded.transports import CloudTransport
from infra.topology import Topology

START_WITHIN = 60.0
GONE_WITHIN = 1.0
COMMANDS = {
    "FIRESTORE_EMULATOR_HOST": ("gcloud", "emulators", "firestore", "start"),
    "PUBSUB_EMULATOR_HOST": ("gcloud", "beta", "emulators", "pubsub", "start"),
}
_SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""JVM options that halve work and memory: the emulator does not live long enough for Java's
optimisation to pay.
"""


def java_env(env: Mapping[str, str]) -> dict[str, str]:
    """The environment of an emulator; options that are set already come last, so that they override ours."""
    options = f"{_SHORT_LIVED} {env.get('JAVA_TOOL_OPTIONS', '')}".rstrip()
    return {**env, "JAVA_TOOL_OPTIONS": options}


class EmulatorError(Exception):
    """An emulator is not installed or did not start; the message says which and why."""


def missing_emulators(env: Mapping[str, str]) -> dict[str, str]:
    """A free host:port for each emulator that the environment does not name yet, by its variable's name."""
    return {variable: _free_address() for variable in COMMANDS if not env.get(variable)}


@contextmanager
def running_emulators(addresses: Mapping[str, str], project: str) -> Iterator[None]:
    """Run an emulator at each address, by its variable's name, for a block; EmulatorError."""
    if addresses and not (shutil.which("gcloud") and shutil.which("java")):
        raise EmulatorError("gcloud and Java are needed for Google's emulators")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        started = [
            stack.enter_context(_process(variable, address, project, folder)) for variable, address in addresses.items()
        ]
        for (variable, address), process in zip(addresses.items(), started, strict=True):
            _wait_for(variable, address, process, folder)
        yield


@contextmanager
def _process(variable: str, address: str, project: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [*COMMANDS[variable], f"--host-port={address}", f"--project={project}", "--quiet"]
    if "pubsub" in command:
        command.append(f"--data-dir={folder}")
    with (folder / variable).open("wb") as log:
        # A process group of its own: killing gcloud alone would leave its Java behind, and Ctrl-C reaches only us.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=java_env(os.environ), start_new_session=True
        )
        try:
            yield process
        finally:
            _end_group(process, address)


def _wait_for(variable: str, address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://{address}/", timeout=1):
            return
        time.sleep(0.1)
    said = (folder / variable).read_text(errors="replace").strip().splitlines()
    raise EmulatorError(f"{' '.join(COMMANDS[variable])} did not start: {said[-1] if said else 'no word'}")


def _end_group(process: subprocess.Popen[bytes], address: str) -> None:
    """Kill at once: an emulator's data is in memory only, and its orderly end takes over a second."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    end = time.monotonic() + GONE_WITHIN
    while _listens(address) and time.monotonic() < end:
        time.sleep(0.01)


def _listens(address: str) -> bool:
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def _free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def main() -> int:
    """Start the emulators that the environment does not name and serve until a signal; the exit status."""
    set_up()
    exit_on_signals()
    started = missing_emulators(os.environ)
    os.environ.update(started, LAKSA_STACK="google")
    try:
        settings = read_settings()
        with running_emulators(started, settings.project), _told(settings, started):
            return serve_on_google(settings)
    except SettingsError as error:
        return complain(str(error), UNUSABLE_SETTINGS)
    except EmulatorError as error:
        return complain(str(error), FAILED)


def serve_on_google(settings: Settings) -> int:
    """Serve with the emulators, or only pages if the cloud is real; the exit status."""
    set_up(project=settings.project)
    emulated = bool(settings.firestore_emulator and settings.pubsub_emulator)
    return run(container(), pubsub_transport if emulated else _cloud_transport)


def pubsub_transport(rt: Container, topology: Topology) -> Transport:
    """A transport over the emulator, whose bus becomes the container's."""
    from infra.embedded.transports import PubsubTransport

    transport = PubsubTransport(topology, rt.settings.project)
    rt.bus = transport.bus
    return transport


@contextmanager
def _told(settings: Settings, started: Mapping[str, str]) -> Iterator[None]:
    """Write the addresses of the emulators into the data folder for a block, so that commands find them."""
    if not started:
        yield
        return
    file = settings.data / EMULATORS_FILE
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(json.dumps({variable: os.environ[variable] for variable in COMMANDS}), "utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def _cloud_transport(rt: Container, topology: Topology) -> Transport:
    return CloudTransport()


if __name__ == "__main__":
    sys.exit(main())
