"""Work in a command's own process: what it publishes to the queue in memory is delivered before it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from functions.wiring import ROOT, runtime
from infra.embedded.deliver import Deliverer
from infra.embedded.one_house import beside
from infra.embedded.queue_transport import QueueTransport
from infra.embedded.targets import Targets
from infra.topology import read_topology

T = TypeVar("T")
PATIENCE, STOPPING = 120.0, 5.0


def finish_here(work: Callable[[], T]) -> T:
    """Do a command's work; where the bus lives in this process, wait until nothing is in flight, and stop."""
    rt = runtime()
    if rt.settings.stack != "embedded":
        return work()
    topology = read_topology()
    transport = QueueTransport(topology.push)
    rt.bus = transport.bus
    transport.start(Deliverer(topology, Targets(ROOT / "main.py").app, rt.settings.project))
    try:
        with beside(rt.settings.data):
            done = work()
            transport.idle(PATIENCE)
    finally:
        transport.stop(STOPPING)
    return done
