"""The socket the emulator pushes to: the private path of each function with a topic, and no other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus

from infra.embedded.deliver import Deliverer
from infra.embedded.in_flight import InFlight
from infra.embedded.targets import Environ, StartResponse
from infra.topology import Topology


class PushListener:
    """Hands the body of a push to its function, unchanged, and answers the function's status."""

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
