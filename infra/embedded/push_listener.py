"""The socket Pub/Sub pushes to: /_push/<function>, for functions with a topic, and no other path."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus

from infra.embedded.deliver import Deliverer
from infra.embedded.in_flight import InFlight
from infra.embedded.targets import Environ, StartResponse

PREFIX = "/_push/"


class PushListener:
    """Hands the body of a push to its function, unchanged, and answers the function's status."""

    def __init__(self, deliver: Deliverer, in_flight: InFlight, max_attempts: int) -> None:
        self._deliver, self._in_flight, self._max_attempts = deliver, in_flight, max_attempts

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one push."""
        name = environ["PATH_INFO"].removeprefix(PREFIX)
        body = environ["wsgi.input"].read()
        status = HTTPStatus(self._deliver.pushed(name, body))
        self._note(_message_id(body), status)
        start_response(f"{status.value} {status.phrase}", [("Content-Length", "0")])
        return [b""]

    def _note(self, message_id: str, status: int) -> None:
        if 200 <= status < 300 or self._in_flight.failed(message_id) >= self._max_attempts:
            self._in_flight.answered(message_id)


def _message_id(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"]["messageId"])
    except (ValueError, KeyError, TypeError):
        return ""
