"""A target in a process of its own, started as Cloud Run starts it: `functions-framework --target …`."""

from __future__ import annotations
import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.emulators import free_port

ROOT = Path(__file__).parents[1]
KEPT = ("PATH", "HOME", "LANG")
START_SECONDS = 60.0


@dataclass(frozen=True)
class Service:
    """One that runs: where it answers, and where its log lies."""

    url: str
    log: Path

    def push(self, path: str, data: Mapping[str, str], token: str | None) -> requests.Response:
        """A message in Pub/Sub's envelope, with the token of whoever brings it."""
        message = {"data": base64.b64encode(json.dumps(data).encode()).decode(), "messageId": "1", "attributes": {}}
        return self.post(path, {"message": message, "subscription": "projects/kota/subscriptions/s"}, token)

    def post(self, path: str, body: Any, token: str | None) -> requests.Response:
        """A JSON body, with a bearer token where there is one."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.post(self.url + path, json=body, headers=headers, timeout=60)


def command(target: str, port: int) -> list[str]:
    """What the container runs."""
    program = str(Path(sys.executable).with_name("functions-framework"))
    return [program, "--source", "main.py", "--target", target, "--host", "127.0.0.1", "--port", str(port)]


@contextmanager
def running_service(target: str, folder: Path, env: Mapping[str, str]) -> Iterator[Service]:
    """Start a target with just these settings, wait until it answers, end it."""
    port = free_port()
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"LAKSA_DATA": str(folder / "data"), "K_SERVICE": "laksa", "LAKSA_EPHEMERAL": "on"} | dict(env)
    service = Service(f"http://127.0.0.1:{port}", folder / "service.log")
    with service.log.open("w") as log:
        process = subprocess.Popen(command(target, port), cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(service, process)
        yield service
    finally:
        process.terminate()
        process.wait(20)


def _wait(service: Service, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(service.url + "/robots.txt", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"it did not start:\n{service.log.read_text()[-3000:]}")
