"""The queue in memory: what becomes of a message that works, that does not at first, that never does."""

from __future__ import annotations
import json
import threading
import time
from collections.abc import Iterator

import pytest

from workflows.adapters.local_bus import LocalBus, Retries
from workflows.failures import BusUnavailable

QUICK = Retries(max_attempts=3, first_pause=0.01)
PATIENCE = 60.0
"""Seconds: a limit that only a fault meets, however busy the machine is."""


class Consumer:
    """Answers the statuses it was given, then 204; remembers what it was handed."""

    def __init__(self, *statuses: int | Exception) -> None:
        self.statuses = list(statuses)
        self.handed: list[tuple[str, dict[str, str], str]] = []
        self.lock = threading.Lock()

    def deliver(self, topic: str, data: dict[str, str], message_id: str) -> int:
        with self.lock:
            self.handed.append((topic, data, message_id))
            status = self.statuses.pop(0) if self.statuses else 204
        if isinstance(status, Exception):
            raise status
        return status


@pytest.fixture
def bus() -> Iterator[LocalBus]:
    bus = LocalBus(QUICK)
    yield bus
    bus.stop(PATIENCE)


def test_a_message_may_lie_a_while_and_holds_up_no_other() -> None:
    bus, consumer = LocalBus(QUICK, pauses={"link-asked": 2.0}), Consumer()
    for number in range(50):
        bus.publish("link-asked", {"ticket": str(number)})
    bus.publish("notice-due", {"notice": "n1"})
    bus.attach(consumer.deliver, threads=1)
    assert bus.idle(PATIENCE)  # a worker that waited with each of them would take longer
    bus.stop(PATIENCE)
    assert [topic for topic, _, _ in consumer.handed] == ["notice-due", *["link-asked"] * 50]


def test_a_message_is_delivered_once_when_it_works(bus: LocalBus) -> None:
    consumer = Consumer()
    bus.attach(consumer.deliver)
    bus.publish("notice-due", {"notice": "n1"})
    assert bus.idle(PATIENCE)
    assert [(topic, data) for topic, data, _ in consumer.handed] == [("notice-due", {"notice": "n1"})]


@pytest.mark.parametrize("failure", [503, 404, RuntimeError("secret text")])
def test_a_failure_is_tried_again_under_the_same_id(bus: LocalBus, failure: int | Exception) -> None:
    consumer = Consumer(failure, failure)
    bus.attach(consumer.deliver)
    bus.publish("notice-due", {"notice": "n1"})
    assert bus.idle(PATIENCE)
    assert [topic for topic, _, _ in consumer.handed] == ["notice-due"] * 3
    assert len({message_id for _, _, message_id in consumer.handed}) == 1


@pytest.mark.parametrize(("failure", "error"), [(503, "HTTP 503"), (RuntimeError("secret text"), "RuntimeError")])
def test_what_never_works_becomes_one_dead_letter(bus: LocalBus, failure: int | Exception, error: str) -> None:
    consumer = Consumer(failure, failure, failure)
    bus.attach(consumer.deliver)
    bus.publish("notice-due", {"notice": "n1"})
    assert bus.idle(PATIENCE)
    assert [topic for topic, _, _ in consumer.handed] == ["notice-due"] * 3 + ["dead-letter"]
    letter = consumer.handed[-1][1]
    assert letter == {"topic": "notice-due", "data": json.dumps({"notice": "n1"}), "error": error}


def test_a_dead_letter_that_never_works_makes_no_other(bus: LocalBus) -> None:
    consumer = Consumer(*[503] * 10)
    bus.attach(consumer.deliver)
    bus.publish("dead-letter", {"topic": "notice-due"})
    assert bus.idle(PATIENCE)
    assert len(consumer.handed) == QUICK.max_attempts


def test_a_message_that_waits_for_another_try_holds_up_nobody() -> None:
    bus, consumer = LocalBus(Retries(max_attempts=2, first_pause=0.5)), Consumer(503)
    bus.publish("notice-due", {"notice": "first"})
    bus.publish("notice-due", {"notice": "second"})
    bus.attach(consumer.deliver, threads=1)
    assert bus.idle(PATIENCE)
    assert [data["notice"] for _, data, _ in consumer.handed] == ["first", "second", "first"]
    assert bus.stop(PATIENCE)


def test_it_is_not_idle_while_a_delivery_publishes_more(bus: LocalBus) -> None:
    seen: list[str] = []

    def deliver(topic: str, data: dict[str, str], message_id: str) -> int:
        time.sleep(0.02)
        seen.append(topic)
        if len(seen) < 4:
            bus.publish(f"step-{len(seen)}", {})
        return 204

    bus.attach(deliver)
    bus.publish("step-0", {})
    assert bus.idle(PATIENCE)
    assert seen == ["step-0", "step-1", "step-2", "step-3"]


def test_what_was_published_before_anybody_listens_is_kept(bus: LocalBus) -> None:
    bus.publish("notice-due", {"notice": "early"})
    assert not bus.idle(0)
    consumer = Consumer()
    bus.attach(consumer.deliver)
    assert bus.idle(PATIENCE)
    assert len(consumer.handed) == 1


def test_a_full_queue_says_so() -> None:
    bus = LocalBus(QUICK, most=2)
    bus.publish("notice-due", {})
    bus.publish("notice-due", {})
    with pytest.raises(BusUnavailable):
        bus.publish("notice-due", {})


def test_stopping_lets_a_delivery_end_and_takes_no_more(bus: LocalBus) -> None:
    begun, ended = threading.Event(), threading.Event()

    def deliver(topic: str, data: dict[str, str], message_id: str) -> int:
        begun.set()
        time.sleep(0.2)
        ended.set()
        return 204

    bus.attach(deliver, threads=1)
    bus.publish("notice-due", {})
    assert begun.wait(PATIENCE)
    assert bus.stop(PATIENCE)
    assert ended.is_set()
    with pytest.raises(BusUnavailable):
        bus.publish("notice-due", {})


def test_many_publishers_lose_nothing(bus: LocalBus) -> None:
    consumer = Consumer()
    bus.attach(consumer.deliver)

    def publish(name: int) -> None:
        for number in range(100):
            bus.publish("t", {"n": f"{name}.{number}"})

    publishers = [threading.Thread(target=publish, args=(name,)) for name in range(8)]
    for publisher in publishers:
        publisher.start()
    for publisher in publishers:
        publisher.join()
    assert bus.idle(PATIENCE)
    assert len({data["n"] for _, data, _ in consumer.handed}) == len(consumer.handed) == 800
