"""What wakes a function without a socket: a message in Pub/Sub's push envelope, or a tick of the schedule."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from werkzeug.test import run_wsgi_app

from infra.embedded.targets import Application, Environ
from infra.topology import Topology


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
        """Push one message to the topic's function; its HTTP status, 404 for a topic that nobody reads."""
        function = self._topology.by_topic.get(topic)
        if function is None:
            return 404
        self._before_each()
        subscription = f"projects/{self._project}/subscriptions/{function.name}"
        envelope = push_envelope(data, message_id, subscription)
        return call(self._app_of(function.name), json.dumps(envelope).encode())

    def pushed(self, name: str, body: bytes) -> int:
        """Hand an envelope that Pub/Sub made to a function with a topic; its HTTP status, 404 for no such."""
        function = self._topology.by_name.get(name)
        if function is None or not function.topic:
            return 404
        return call(self._app_of(name), body)

    def tick(self, name: str) -> int:
        """Let one scheduled function run; its HTTP status."""
        return call(self._app_of(name), b"{}")


def push_envelope(data: dict[str, str], message_id: str, subscription: str) -> dict[str, Any]:
    """The body that Pub/Sub posts, both spellings of its names included."""
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
    """POST a JSON body to an application; the status it answers."""
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
