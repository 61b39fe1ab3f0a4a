"""Bus on Google Pub/Sub, or on its emulator where PUBSUB_EMULATOR_HOST is set. Also creates topics and push
subscriptions from plain declarations, as an emulator needs them.
"""

from __future__ import annotations
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any

from workflows.failures import BusUnavailable
from workflows.frozen import frozen

SECONDS = 10.0
"""How long publish retries, in seconds."""


@contextmanager
def bus_errors() -> Iterator[None]:
    """Turn every failure of Pub/Sub into BusUnavailable."""
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError

    try:
        yield
    except (GoogleAPIError, GoogleAuthError, TimeoutError) as error:
        raise BusUnavailable(str(error)) from error


class PubsubBus:
    """ports.Bus over a project's topics; `on_published(message_id, topic)` is called for each accepted message.
    The data is sent as JSON. publish gives up after `seconds`; such a message may still arrive.
    """

    def __init__(
        self, project: str, on_published: Callable[[str, str], None] | None = None, seconds: float = SECONDS
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

        # every caller waits for its own message: batching would only add to the wait
        return PublisherClient(batch_settings=BatchSettings(max_messages=1))

    @cached_property
    def _retry(self) -> Any:
        from google.api_core.exceptions import ServiceUnavailable
        from google.api_core.retry import Retry, if_exception_type

        return Retry(predicate=if_exception_type(ServiceUnavailable), initial=0.1, timeout=self._seconds)


_ID = re.compile(r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}")


@frozen
class PushSubscription:
    """One topic's messages pushed to one endpoint, and after `max_attempts` (5–100) to a dead-letter topic. Times
    are in seconds: ack_deadline 10–600, backoff between tries 0–600. Without a dead-letter topic, tries continue
    for as long as the topic keeps its messages.
    """

    id: str
    topic: str
    endpoint: str
    ack_deadline: int = 60
    min_backoff: int = 10
    max_backoff: int = 600
    dead_letter_topic: str = ""
    max_attempts: int = 5


def create_topics(project: str, topics: Iterable[str]) -> None:
    """Create the missing topics; ValueError for an invalid id, BusUnavailable."""
    from google.api_core.exceptions import AlreadyExists
    from google.cloud.pubsub_v1 import PublisherClient

    with bus_errors(), PublisherClient() as publisher:
        for topic in topics:
            with suppress(AlreadyExists):
                publisher.create_topic(name=_path(project, "topics", topic), timeout=SECONDS)


def create_push_subscriptions(project: str, subscriptions: Iterable[PushSubscription]) -> None:
    """Create or update the subscriptions; their topics must exist. ValueError for an invalid id,
    BusUnavailable.
    """
    from google.cloud.pubsub_v1 import SubscriberClient

    with bus_errors(), SubscriberClient() as subscriber:
        for subscription in subscriptions:
            _put(subscriber, _request(project, subscription))


def _put(subscriber: Any, request: dict[str, Any]) -> None:
    from google.api_core.exceptions import AlreadyExists

    try:
        subscriber.create_subscription(request=request, timeout=SECONDS)
    except AlreadyExists:
        changeable = [name for name in request if name not in ("name", "topic")]
        update = {"subscription": request, "update_mask": {"paths": changeable}}
        subscriber.update_subscription(request=update, timeout=SECONDS)


def _request(project: str, subscription: PushSubscription) -> dict[str, Any]:
    request: dict[str, Any] = {
        "name": _path(project, "subscriptions", subscription.id),
        "topic": _path(project, "topics", subscription.topic),
        "push_config": {"push_endpoint": subscription.endpoint},
        "ack_deadline_seconds": subscription.ack_deadline,
        "retry_policy": {
            "minimum_backoff": {"seconds": subscription.min_backoff},
            "maximum_backoff": {"seconds": subscription.max_backoff},
        },
    }
    if subscription.dead_letter_topic:
        request["dead_letter_policy"] = {
            "dead_letter_topic": _path(project, "topics", subscription.dead_letter_topic),
            "max_delivery_attempts": subscription.max_attempts,
        }
    return request


def _path(project: str, kind: str, id: str) -> str:
    if not _ID.fullmatch(id):
        raise ValueError(f"{kind}: {id!r} is no id of 3 to 255 characters that Pub/Sub takes")
    return f"projects/{project}/{kind}/{id}"
