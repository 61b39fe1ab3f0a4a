"""A city in this process, on the embedded stack: its real functions, each call metered, the clock in our hand."""

from __future__ import annotations
import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from werkzeug.test import Client, TestResponse

from functions.app import logging as logs
from functions.app.container import ROOT, Container, container
from infra.embedded.dispatch import Application, Dispatch, Targets
from infra.embedded.scheduler import SWEEP, Scheduler
from infra.embedded.transports import Deliverer
from infra.topology import read_topology
from tests.bench.cost.meter import LogLines, Meter
from tests.bench.cost.metered_store import MeteredStore
from tests.journeys.city import Mail, caught, hidden
from tests.own_environment import without_settings
from tests.workflows.world import HandClock
from workflows.clock.deadlines import next_alarm
from workflows.migration.ports import WholeStore

SETTINGS = {"LAKSA_MAIL_LIMIT": "on", "LAKSA_URL": "http://127.0.0.1:8080"}
"""The limit is always on in the cloud."""
LEAST_MESSAGE = 1000
"""Bytes that a smaller message is charged as."""
BUCKET = {"put": "class_a", "names": "class_a", "append": "class_a", "lines": "class_a", "get": "class_b"}
LINKED = re.compile(r'(?:<link [^>]*href|src)="(/[^"]+)"')


class MovedClock(HandClock):
    """Also for the scheduler, which walks it from tick to tick."""

    def jump_to(self, at: Any) -> None:
        """Go on from that moment."""
        self.go_to(at)


class Town:
    """Messages are delivered after each request, one by one; `calls` are the meter's."""

    def __init__(self, rt: Container) -> None:
        self.meter, self.runtime, self.clock = Meter(), rt, MovedClock()
        self._messages: list[tuple[str, str, dict[str, str]]] = []
        self._wire(rt)
        topology, targets = read_topology(), Targets(ROOT / "main.py")

        def app_of(name: str) -> Application:
            return self.meter.around(name, targets.app(name))

        self.web = Dispatch(topology, app_of)
        self._deliver = Deliverer(topology, app_of, rt.settings.project)
        self._scheduler = Scheduler(topology, self.clock, self._deliver.tick, self.work, self._next_alarm)

    def publish(self, topic: str, data: dict[str, str]) -> None:
        """The bus: keeps a message until `work`."""
        size = len(json.dumps(data, ensure_ascii=False).encode())
        self.meter.count("messages")
        self.meter.count("message_bytes", max(LEAST_MESSAGE, size))
        self._messages.append((self.meter.running, topic, dict(data)))

    def work(self, timeout: float = 0) -> bool:
        """Deliver every message, and what that sets going."""
        while self._messages:
            self.meter.cause, topic, data = self._messages.pop(0)
            status = self._deliver.push(topic, data, "1")
            self.meter.cause = ""
            assert 200 <= status < 300, (topic, status)
        return True

    def later(self, **delta: float) -> None:
        """Time goes by with everything that is scheduled."""
        self._scheduler.run_until(self.clock.now() + timedelta(**delta), self.clock)

    def skip(self, **delta: float) -> None:
        """Time goes by and nobody looks; then one sweep."""
        self.clock.wait(**delta)
        self.sweep()

    def sweep(self) -> None:
        """One tick of the sweep, and its work."""
        assert self._deliver.tick(SWEEP) == 204
        self.work()

    def mails(self, to: str, about: str) -> list[Mail]:
        """Letters to an address about a ticket alone, oldest first."""
        read = [caught(path) for path in sorted((self.runtime.settings.data / "mail").glob("*.eml"))]
        return [mail for mail in read if mail.to == to and about in mail.subject]

    def _wire(self, rt: Container) -> None:
        rt.clock, rt.store = self.clock, cast(WholeStore, MeteredStore(rt.store, self.meter))
        rt.bus, rt.mailer = self, self.meter.watch(rt.mailer, {"send": "mails"})
        rt.photos = self.meter.watch(rt.photos, BUCKET)
        rt.ledger_file = self.meter.watch(rt.ledger_file, BUCKET)
        rt.scrub = _nothing_left  # type: ignore[method-assign]

    def _next_alarm(self) -> Any:
        return next_alarm(self.runtime.store)


class Browser:
    """A person's browser: follows to the page after a form, fetches what a page shows, and keeps what it may."""

    def __init__(self, town: Town, address: str) -> None:
        self._town, self._kept = town, set[str]()
        self._client = Client(town.web)
        self._environ = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": "Mozilla/5.0"}

    def open(self, path: str) -> str:
        """A page with its sheets and pictures; its text."""
        answer = self._client.get(path, environ_overrides=self._environ)
        assert answer.status_code == 200, (answer.status_code, answer.text[:300])
        for linked in LINKED.findall(answer.text):
            self._fetch(unescape(linked))
        self._town.work()
        return answer.text

    def press(self, path: str, *photos: bytes, **fields: str) -> str:
        """Send a form; the path of the page it leads to, which is opened."""
        data: dict[str, Any] = dict(fields)
        if photos:
            data["photo"] = [(BytesIO(photo), f"IMG_{n}.jpg") for n, photo in enumerate(photos)]
        answer = self._client.post(path, data=data, environ_overrides=self._environ)
        assert answer.status_code == 303, (answer.status_code, answer.text[:300])
        self._town.work()
        self.open(answer.headers["Location"])
        return answer.headers["Location"]

    def fill_in(self, *photos: bytes, **fields: str) -> str:
        """The citizen's form; the path of their own page."""
        token = hidden(self.open("/"), "form_token")
        self._town.clock.wait(minutes=3)
        return self.press("/", *photos, form_token=token, **fields)

    def _fetch(self, path: str) -> TestResponse | None:
        if path in self._kept:
            return None
        answer = self._client.get(path, environ_overrides=self._environ)
        if "max-age" in answer.headers.get("Cache-Control", ""):
            self._kept.add(path)
        return answer


@contextmanager
def town_in(folder: Path) -> Iterator[Town]:
    """A new city in an empty folder, this process's runtime until the block ends."""
    with ExitStack() as stack:
        stack.callback(_environment, dict(os.environ))
        _environment(without_settings(emulators=False))
        os.environ.update(SETTINGS, LAKSA_DATA=str(folder))
        container.cache_clear()
        stack.callback(container.cache_clear)
        town = Town(container())
        stack.callback(town.runtime.store.close)  # type: ignore[attr-defined]
        stack.enter_context(_logs_counted(town.meter))
        yield town


@contextmanager
def _logs_counted(meter: Meter) -> Iterator[None]:
    """Our own lines as the cloud gets them, counted; whoever logged before logs again afterwards."""
    root, laksa = logging.getLogger(), logging.getLogger("laksa")
    before = (root.handlers, root.level, laksa.level)
    logs.set_up()
    cast("logging.StreamHandler[Any]", root.handlers[0]).setStream(LogLines(meter))
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers = before[0]
        root.setLevel(before[1])
        laksa.setLevel(before[2])


def _nothing_left() -> None:
    """Only a database in a file has rests of what was deleted; Firestore does no such work."""


def _environment(wanted: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(wanted)
