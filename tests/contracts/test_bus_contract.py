"""The Pub/Sub bus: what publish promises, and what a push subscription brings."""

from __future__ import annotations
import base64
import json
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import Any

import pytest

from tests.emulators import PROJECT, free_port
from workflows.adapters.pubsub import PubsubBus, PushSubscription, create_push_subscriptions, create_topics
from workflows.failures import BusUnavailable

Pushed = Queue[dict[str, Any]]


@contextmanager
def endpoint(status: int = 204) -> Iterator[tuple[str, Pushed]]:
    """An address that answers every push with `status`, and the bodies it was sent."""
    pushed: Pushed = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            pushed.put(json.loads(self.rfile.read(length)))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", pushed
        server.shutdown()
        thread.join()


@pytest.fixture
def topic(pubsub_emulator: str) -> str:
    """A topic of this test's own."""
    name = f"t{uuid.uuid4().hex}"
    create_topics(PROJECT, [name])
    return name


@pytest.mark.emulator
def test_a_published_message_is_pushed_in_the_envelope_targets_read(topic: str) -> None:
    taken: list[tuple[str, str]] = []
    data = {"ticket": "LKS-2345-6789-A", "note": "jalan berlubang – “dalam” 👷"}
    with endpoint() as (address, pushed), closing(PubsubBus(PROJECT, lambda *seen: taken.append(seen))) as bus:
        create_push_subscriptions(PROJECT, [PushSubscription(f"{topic}-push", topic, address)])
        bus.publish(topic, data)
        envelope = pushed.get(timeout=10)
    assert json.loads(base64.b64decode(envelope["message"]["data"])) == data
    assert envelope["subscription"] == f"projects/{PROJECT}/subscriptions/{topic}-push"
    assert taken == [(envelope["message"]["messageId"], topic)]


@pytest.mark.emulator
def test_declaring_the_same_again_is_fine_and_a_new_endpoint_takes_over(topic: str) -> None:
    with endpoint() as (old, to_old), endpoint() as (new, to_new), closing(PubsubBus(PROJECT)) as bus:
        for address in (old, old, new):
            create_topics(PROJECT, [topic])
            create_push_subscriptions(PROJECT, [PushSubscription(f"{topic}-push", topic, address)])
        bus.publish(topic, {"ticket": "A"})
        assert to_new.get(timeout=10)["message"]["data"] == base64.b64encode(b'{"ticket": "A"}').decode()
        assert to_old.empty()


@pytest.mark.slow
@pytest.mark.emulator
def test_a_message_refused_too_often_goes_to_the_dead_letter_topic(topic: str) -> None:
    dead = f"{topic}-dead"
    with endpoint(500) as (refusing, _), endpoint() as (burial, buried), closing(PubsubBus(PROJECT)) as bus:
        create_topics(PROJECT, [dead])
        failing = PushSubscription(
            f"{topic}-push", topic, refusing, min_backoff=0, max_backoff=0, dead_letter_topic=dead
        )
        create_push_subscriptions(PROJECT, [failing, PushSubscription(f"{dead}-push", dead, burial)])
        bus.publish(topic, {"ticket": "A"})
        assert base64.b64decode(buried.get(timeout=20)["message"]["data"]) == b'{"ticket": "A"}'


@pytest.mark.emulator
def test_a_topic_that_is_not_there_is_unavailable(pubsub_emulator: str) -> None:
    with closing(PubsubBus(PROJECT)) as bus, pytest.raises(BusUnavailable):
        bus.publish("never-made", {"ticket": "A"})


def test_a_bus_that_cannot_be_reached_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{free_port()}")
    taken: list[str] = []
    bus = PubsubBus(PROJECT, lambda id, topic: taken.append(id), seconds=1)
    with closing(bus), pytest.raises(BusUnavailable):
        bus.publish("complaint-received", {"ticket": "A"})
    assert taken == []


@pytest.mark.parametrize("id", ["ab", "goog-topic", "1st", "two words", ""])
def test_an_id_that_pubsub_would_refuse_is_a_mistake(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", "127.0.0.1:1")
    with pytest.raises(ValueError, match="Pub/Sub"):
        create_topics(PROJECT, [id])
