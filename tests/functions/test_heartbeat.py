"""Each sweep gives a sign of life, and a watcher that is away stops nothing."""

from __future__ import annotations
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from functions.app.jobs import send_heartbeat
from functions.app.settings import Secret, SettingsError, read_settings

pytestmark = pytest.mark.slow


class Watcher(BaseHTTPRequestHandler):
    """Takes a beat on every path but /away."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(503 if self.path == "/away" else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def watcher() -> Iterator[tuple[str, list[str]]]:
    Watcher.seen = []
    server = HTTPServer(("127.0.0.1", 0), Watcher)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", Watcher.seen
    server.shutdown()
    server.server_close()


def test_a_beat_is_one_visit_of_the_address_key_and_all(watcher: tuple[str, list[str]]) -> None:
    url, seen = watcher
    assert send_heartbeat(Secret(f"{url}/beat?key=abc"))
    assert seen == ["/beat?key=abc"]


def test_a_watcher_away_is_logged_nameless(watcher: tuple[str, list[str]], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert not send_heartbeat(Secret(f"{watcher[0]}/away"))
        assert not send_heartbeat(Secret("http://127.0.0.1:1/beat-key"))
    told = " ".join(f"{record.message} {record.__dict__}" for record in caplog.records)
    assert "heartbeat" in told
    assert "beat-key" not in told


def test_an_address_that_is_none_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="LAKSA_HEARTBEAT_URL"):
        read_settings({"LAKSA_HEARTBEAT_URL": "watcher.example"})
