"""Laksa on one machine: `python -m infra.embedded.host`."""

from __future__ import annotations
import sys

from functions.app.container import Container, container
from functions.app.logging import set_up
from functions.app.settings import SettingsError, read_settings
from infra.embedded.serving import UNUSABLE_SETTINGS, Transport, complain, exit_on_signals, run
from infra.embedded.transports import QueueTransport
from infra.topology import Topology


def main() -> int:
    """Serve until a signal; the exit status."""
    set_up()
    exit_on_signals()
    try:
        settings = read_settings()
    except SettingsError as error:
        return complain(str(error), UNUSABLE_SETTINGS)
    if settings.stack == "google":
        from infra.embedded.google_host import serve_on_google

        return serve_on_google(settings)
    return run(container(), queue_transport)


def queue_transport(rt: Container, topology: Topology) -> Transport:
    """A transport over the queue in memory, which becomes the container's bus."""
    transport = QueueTransport(topology.push)
    rt.bus = transport.bus
    return transport


if __name__ == "__main__":
    sys.exit(main())
