"""The same on Google's emulators: pushes come back over a socket of their own, and nothing is left running."""

from __future__ import annotations
import json
import os
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from infra.embedded.drain import InFlight
from infra.embedded.google_host import missing_emulators, running_emulators
from tests.embedded.conftest import Host, running_host

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _move(host: Host, at: datetime) -> int:
    answer, body = host.ask("POST", "/_lokal/clock", urlencode({"at": at.isoformat()}), FORM)
    assert answer.status == 200
    return int(json.loads(body)["ticks"])


@pytest.mark.emulator
def test_a_digest_while_the_clock_jumps_is_mail(tmp_path: Path, firestore_emulator: str, pubsub_emulator: str) -> None:
    settings = {
        "LAKSA_STACK": "google",
        "FIRESTORE_EMULATOR_HOST": firestore_emulator,
        "PUBSUB_EMULATOR_HOST": pubsub_emulator,
    }
    with running_host(tmp_path, **settings) as host:
        # The digest that was due today at seven is made up for at the start, and first.
        _move(host, datetime.now(UTC) + timedelta(minutes=2))
        before = len(list((tmp_path / "mail").glob("*.eml")))
        assert _move(host, datetime.now(UTC) + timedelta(days=1, minutes=2)) >= 12 * 24
        assert len(list((tmp_path / "mail").glob("*.eml"))) == before + 1
        assert json.loads(host.ask("POST", "/_lokal/idle")[1]) == {"idle": True}
        assert host.ask("POST", "/_push/send_notice", b"{}")[0].status == 404
        assert host.stop() == 0


@pytest.mark.emulator
def test_an_emulator_of_ours_is_gone_afterwards(pubsub_emulator: str) -> None:
    assert pubsub_emulator
    address = missing_emulators({"FIRESTORE_EMULATOR_HOST": "elsewhere:1"})
    host, _, port = address["PUBSUB_EMULATOR_HOST"].rpartition(":")
    with running_emulators(address, "laksa-test"):
        socket.create_connection((host, int(port)), timeout=60).close()
    with pytest.raises(OSError):
        socket.create_connection((host, int(port)), timeout=60)


def test_emulators_that_the_environment_names_are_not_started_again() -> None:
    named = {"FIRESTORE_EMULATOR_HOST": "127.0.0.1:1", "PUBSUB_EMULATOR_HOST": "127.0.0.1:2"}
    assert missing_emulators(named) == {}
    assert set(missing_emulators(os.environ | named | {"PUBSUB_EMULATOR_HOST": ""})) == {"PUBSUB_EMULATOR_HOST"}


def test_a_message_is_in_flight_until_its_push_is_answered() -> None:
    flight = InFlight()
    flight.published("1", "notice-due")
    assert not flight.idle(0)
    threading.Timer(0.05, flight.answered, ("1",)).start()
    assert flight.idle(60)


def test_an_answer_before_the_publisher_hears_of_its_message_counts() -> None:
    flight = InFlight()
    flight.answered("1")
    flight.published("1", "notice-due")
    assert flight.idle(0)
