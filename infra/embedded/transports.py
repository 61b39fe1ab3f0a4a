"""How messages and ticks wake the functions: in memory (the queue's workers call the functions of this process),
through the Pub/Sub emulator (which pushes to a second, loopback socket that serves only the private paths of
functions with a topic), or not at all (the real Google Cloud pushes to the deployed functions).
"""

from __future__ import annotations
import base64
import json
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any

from werkzeug.test import run_wsgi_app

from infra.embedded.dispatch import Application, Environ, StartResponse
from infra.embedded.drain import InFlight
from infra.embedded.server import Server
from infra.topology import Push, Topology
from workflows.adapters.local_bus import LocalBus, Retries
from workflows.adapters.pubsub import PubsubBus, PushSubscription, create_push_subscriptions, create_topics
from workflows.topics import LINK_ASKED


class Deliverer:
    """Calls functions of a topology in this process; `app_of` finds one by name."""

    def __init__(
        self,
        topology: Topology,
        app_of: Callable[[str], Application],
        project: str,
        before_each: Callable[[], None] = lambda: None,
    ) -> None:
        self._topology = topology
        self._app_of = app_of
        self._project = project
        self._before_each = before_each

    def push(self, topic: str, data: dict[str, str], message_id: str) -> int:
        """Push one message to its topic's function; returns its HTTP status, 404 for a topic without
        a function.
        """
        function = self._topology.by_topic.get(topic)
        if function is None:
            return 404
        self._before_each()
        subscription = f"projects/{self._project}/subscriptions/{function.name}"
        envelope = push_envelope(data, message_id, subscription)
        return call(self._app_of(function.name), json.dumps(envelope).encode())

    def pushed(self, name: str, body: bytes) -> int:
        """Pass an envelope from Pub/Sub to a function with a topic; returns its HTTP status, 404 for an unknown
        one.
        """
        function = self._topology.by_name.get(name)
        if function is None or not function.topic:
            return 404
        return call(self._app_of(name), body)

    def tick(self, name: str) -> int:
        """Run one scheduled function; returns its HTTP status."""
        return call(self._app_of(name), b"{}")


def push_envelope(data: dict[str, str], message_id: str, subscription: str) -> dict[str, Any]:
    """The body that Pub/Sub posts, with both spellings of its field names."""
    published = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "message": {
            "data": base64.b64encode(json.dumps(data, ensure_ascii=False).encode()).decode("ascii"),
            "attributes": {},
            "messageId": message_id,
            "message_id": message_id,
            "publishTime": published,
            "publish_time": published,
        },
        "subscription": subscription,
    }


def call(app: Application, body: bytes) -> int:
    """POST a JSON body to an application; returns its status."""
    _, status, _ = run_wsgi_app(app, _environ(body), buffered=True)
    return int(status.split(" ", 1)[0])


def _environ(body: bytes) -> Environ:
    return {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


WORKERS = 4
PAUSES = {LINK_ASKED: 0.05}
"""Seconds by topic before delivery: in the process that answers, immediate work would slow the answer and so
reveal something.
"""


class QueueTransport:
    """A LocalBus with the topology's rules; `bus` is the one that the workflows publish to."""

    keeps_schedule = True

    def __init__(self, push: Push) -> None:
        retries = Retries(max_attempts=push.max_attempts, dead_letter_topic=push.dead_letter_topic)
        self.bus = LocalBus(retries, pauses=PAUSES)

    def start(self, deliver: Deliverer) -> None:
        """Begin to deliver."""
        self.bus.attach(deliver.push, WORKERS)

    def idle(self, timeout: float) -> bool:
        """True when no message is in flight."""
        return self.bus.idle(timeout)

    def stop(self, timeout: float) -> bool:
        """True when every delivery ended in time."""
        return self.bus.stop(timeout)


class CloudTransport:
    """Delivers nothing: this host only serves pages."""

    keeps_schedule = False

    def start(self, deliver: Deliverer) -> None:
        """Do nothing: Pub/Sub pushes elsewhere."""

    def idle(self, timeout: float) -> bool:
        """Always true: nothing is in flight here."""
        return True

    def stop(self, timeout: float) -> bool:
        """Do nothing."""
        return True


class PushListener:
    """Passes the body of a push to its function, unchanged, and answers with the function's status."""

    def __init__(self, deliver: Deliverer, in_flight: InFlight, topology: Topology) -> None:
        self._deliver, self._in_flight, self._topology = deliver, in_flight, topology

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one push."""
        name = self._topology.match_private(environ["PATH_INFO"]) or ""
        body = environ["wsgi.input"].read()
        status = HTTPStatus(self._deliver.pushed(name, body))
        self._note(_message_id(body), status)
        start_response(f"{status.value} {status.phrase}", [("Content-Length", "0")])
        return [b""]

    def _note(self, message_id: str, status: int) -> None:
        if 200 <= status < 300 or self._in_flight.failed(message_id) >= self._topology.push.max_attempts:
            self._in_flight.answered(message_id)


def _message_id(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"]["messageId"])
    except (ValueError, KeyError, TypeError):
        return ""


LOOPBACK = "127.0.0.1"


class PubsubTransport:
    """A PubsubBus whose messages come back through a loopback port that serves only pushes."""

    keeps_schedule = True

    def __init__(self, topology: Topology, project: str) -> None:
        self._topology = topology
        self._project = project
        self._in_flight = InFlight()
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self.bus = PubsubBus(project, on_published=self._in_flight.published)

    def start(self, deliver: Deliverer) -> None:
        """Listen, then create topics and subscriptions; BusUnavailable when the emulator does not answer."""
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
