"""Laksa on Google's emulators on one machine: `python -m infra.embedded.google_host`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from functions.app.container import Container, container
from functions.app.data_folder import EMULATORS_FILE
from functions.app.logging import set_up
from functions.app.settings import Settings, SettingsError, read_settings
from infra.embedded.emulators import COMMANDS, EmulatorError, missing_emulators, running_emulators
from infra.embedded.serving import FAILED, UNUSABLE_SETTINGS, Transport, complain, exit_on_signals, run
from infra.embedded.transports import CloudTransport
from infra.topology import Topology


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
