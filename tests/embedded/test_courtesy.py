"""Messages step aside for people, but not for ever."""

from __future__ import annotations
import threading
import time
from collections.abc import Iterable
from typing import Any

from infra.embedded.server import RequestPriority

LONG = 30.0


def _counted(courtesy: RequestPriority, app: Any) -> Any:
    return courtesy.for_people(lambda name: app)("any")


def test_a_message_waits_while_somebody_waits_for_a_page() -> None:
    courtesy, entered, leave, order = RequestPriority(LONG), threading.Event(), threading.Event(), list[str]()

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        entered.set()
        leave.wait(LONG)
        order.append("page")
        return []

    person = threading.Thread(target=_counted(courtesy, slow), args=({}, None))
    person.start()
    entered.wait(LONG)

    def send() -> None:
        courtesy.step_aside()
        order.append("letter")

    letter = threading.Thread(target=send)
    letter.start()
    leave.set()
    person.join(LONG)
    letter.join(LONG)
    assert order == ["page", "letter"]


def test_under_endless_load_a_message_goes_out_all_the_same() -> None:
    courtesy = RequestPriority(patience=0.05)
    start = time.monotonic()

    def busy(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        courtesy.step_aside()
        return []

    _counted(courtesy, busy)({}, None)
    assert 0.05 <= time.monotonic() - start < 5


def test_a_page_that_fails_is_not_counted_for_ever() -> None:
    courtesy = RequestPriority(LONG)

    def broken(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        raise RuntimeError("broken")

    try:
        _counted(courtesy, broken)({}, None)
    except RuntimeError:
        courtesy.step_aside()
    else:
        raise AssertionError("it did not fail")
