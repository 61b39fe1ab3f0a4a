"""One target of the bundle in a process of its own, as Cloud Run starts it, and asked as Google asks."""

from __future__ import annotations
import base64
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.emulators import free_port

READY_WITHIN = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str


@dataclass(frozen=True)
class Server:
    """A running target."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request; headers with _ for -."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): h for name, h in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            connection.close()

    def push(self, data: dict[str, str]) -> Answer:
        """A Pub/Sub push envelope."""
        packed = base64.b64encode(json.dumps(data).encode()).decode()
        message = {"data": packed, "messageId": "1", "publishTime": "2026-07-06T02:00:00Z"}
        envelope = {"message": message, "subscription": "projects/laksa/subscriptions/laksa"}
        return self.ask("POST", "/", json.dumps(envelope).encode(), Content_Type="application/json")

    def tick(self) -> Answer:
        """A call of the scheduler's."""
        return self.ask("POST", "/", User_Agent="Google-Cloud-Scheduler")


@contextmanager
def running(python: Path, source: Path, target: str, env: dict[str, str], log: Path) -> Iterator[Server]:
    """`functions-framework --target …` with nothing of our own environment, until it has bound its port."""
    port = free_port()
    command = [python.with_name("functions-framework"), "--source", source, "--target", target]
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **env}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*map(str, command), "--host", "127.0.0.1", "--port", str(port)],
            cwd=source.parent,
            env=clean,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        yield Server(port, process, log)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def first_answer(server: Server, method: str = "GET", path: str = "/") -> Answer:
    """As soon as there is one; AssertionError with its log where the process ends before."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and server.process.poll() is None:
        try:
            return server.ask(method, path)
        except (OSError, HTTPException):
            time.sleep(0.005)
    raise AssertionError(f"no answer: {server.log.read_text(errors='replace')[-2000:]}")
