"""LAKSA_DESK_ALLOW: the desk's links from the office, from home, and a setting that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.boards import next_board
from tests.journeys.city import ROOT, City
from tests.journeys.conftest import STACKS, running
from tests.journeys.offices import DESK, VAGUE, given

OFFICE, HOME = {"X-Forwarded-For": "10.20.3.4"}, {"X-Forwarded-For": "198.51.100.7"}


@pytest.fixture(scope="module", params=STACKS)
def closed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city whose desk works from the office, or at this machine."""
    env = {"LAKSA_DESK_ALLOW": "10.20.0.0/16,127.0.0.1"}
    yield from running(request, tmp_path_factory.mktemp("closed"), env)


def test_desk_links_open_at_the_office_and_say_elsewhere_what_to_do(closed: City) -> None:
    ticket, link = given(closed, VAGUE, DESK)
    board = next_board(closed)
    for url in (link, board, f"{board}/baru", f"{board}/tabel", f"{board}/rekap.csv", f"{link}/foto/1"):
        away = closed.http.get(url, headers=HOME)
        assert away.status_code == 403 and "jaringan kantor" in away.text
        assert closed.http.get(url, headers=OFFICE).status_code != 403
    refused = closed.http.post(
        link, {"action": "assign", "to": "DLH"}, headers=HOME | {"Accept": "application/json"}
    )
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    assert ticket.state()["status"] == "at_desk"
    assert (
        closed.http.get(link.rsplit("/", 1)[0] + "/x", headers=HOME).text
        == closed.http.get(link, headers=HOME).text
    )
    assert closed.http.get(link).status_code == 200
    assert closed.http.get(ticket.url, headers=HOME).status_code == 200


def test_a_wrong_network_stops_the_start(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "LAKSA_DATA": str(tmp_path), "LAKSA_DESK_ALLOW": "10.20.0.0/40"}
    command = [sys.executable, "-m", "infra.embedded.host"]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert "LAKSA_DESK_ALLOW: '10.20.0.0/40' is no network" in ended.stderr and "Traceback" not in ended.stderr
