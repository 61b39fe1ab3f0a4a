"""Messages over Google Pub/Sub's emulator, which pushes them to a second socket of this process."""

from __future__ import annotations

import threading

from infra.embedded.deliver import Deliverer
from infra.embedded.in_flight import InFlight
from infra.embedded.push_listener import PushListener
from infra.embedded.server import Server
from infra.topology import Topology
from workflows.adapters.pubsub import PubsubBus
from workflows.adapters.pubsub_topology import PushSubscription, create_push_subscriptions, create_topics

LOOPBACK = "127.0.0.1"


class PubsubTransport:
    """A PubsubBus whose messages come back through a loopback port that serves pushes and nothing else."""

    keeps_schedule = True

    def __init__(self, topology: Topology, project: str) -> None:
        self._topology = topology
        self._project = project
        self._in_flight = InFlight()
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self.bus = PubsubBus(project, on_published=self._in_flight.published)

    def start(self, deliver: Deliverer) -> None:
        """Listen, then make topics and subscriptions; BusUnavailable when the emulator does not answer."""
        listener = PushListener(deliver, self._in_flight, self._topology)
        self._server = Server(listener, LOOPBACK, 0, threads=4)
        self._thread = threading.Thread(target=self._server.serve, args=(0.5,), name="pushes", daemon=True)
        self._thread.start()
        create_topics(self._project, self._topology.by_topic)
        create_push_subscriptions(self._project, self._subscriptions(self._server.port))

    def idle(self, timeout: float) -> bool:
        """True when every message published here was answered."""
        return self._in_flight.idle(timeout)

    def stop(self, timeout: float) -> bool:
        """True when every push ended in time."""
        if self._server and self._thread:
            self._server.stop()
            self._thread.join(timeout)
        self.bus.close()
        return not (self._thread and self._thread.is_alive())

    def _subscriptions(self, port: int) -> list[PushSubscription]:
        return [
            PushSubscription(
                id=function.name,
                topic=topic,
                endpoint=f"http://{LOOPBACK}:{port}{self._topology.private_path(function)}",
                ack_deadline=self._topology.push.ack_deadline_seconds,
                min_backoff=self._topology.push.min_backoff_seconds,
                dead_letter_topic=self._dead_letters_of(topic),
                max_attempts=self._topology.push.max_attempts,
            )
            for topic, function in self._topology.by_topic.items()
        ]

    def _dead_letters_of(self, topic: str) -> str:
        dead = self._topology.push.dead_letter_topic
        return "" if topic == dead else dead
