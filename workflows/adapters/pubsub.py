"""Bus on Google Pub/Sub, or on its emulator where PUBSUB_EMULATOR_HOST is set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from workflows.failures import BusUnavailable

SECONDS = 10.0
"""How long publish may try before it gives up."""


@contextmanager
def bus_errors() -> Iterator[None]:
    """BusUnavailable for whatever keeps Pub/Sub from answering with success."""
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError

    try:
        yield
    except (GoogleAPIError, GoogleAuthError, TimeoutError) as error:
        raise BusUnavailable(str(error)) from error


class PubsubBus:
    """ports.Bus over a project's topics; `on_published(message_id, topic)` hears of each message taken.

    The data travels as JSON. publish gives up after `seconds`; a message given up may still arrive.
    """

    def __init__(
        self,
        project: str,
        on_published: Callable[[str, str], None] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._project = project
        self._on_published = on_published
        self._seconds = seconds

    def publish(self, topic: str, data: dict[str, str]) -> None:
        with bus_errors():
            message_id = self._publish(topic, json.dumps(data, ensure_ascii=False).encode())
        if self._on_published:
            self._on_published(message_id, topic)

    def close(self) -> None:
        """Close the connection to the server; a later call opens a new one."""
        if publisher := self.__dict__.pop("_publisher", None):
            publisher.stop()
            publisher.transport.close()

    def _publish(self, topic: str, body: bytes) -> str:
        path = self._publisher.topic_path(self._project, topic)
        future = self._publisher.publish(path, body, retry=self._retry, timeout=self._seconds)
        return str(future.result(timeout=self._seconds))

    @cached_property
    def _publisher(self) -> Any:
        from google.cloud.pubsub_v1 import PublisherClient
        from google.cloud.pubsub_v1.types import BatchSettings

        # Everybody waits for their own message: collecting a batch would only add to the wait.
        return PublisherClient(batch_settings=BatchSettings(max_messages=1))

    @cached_property
    def _retry(self) -> Any:
        from google.api_core.exceptions import ServiceUnavailable
        from google.api_core.retry import Retry, if_exception_type

        return Retry(predicate=if_exception_type(ServiceUnavailable), initial=0.1, timeout=self._seconds)
