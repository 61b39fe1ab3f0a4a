"""The program: what it says when it is ready or cannot start, and how it stops."""

from __future__ import annotations
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from functions.app.data_folder import LEDGER
from tests.embedded.conftest import PATIENCE, ROOT, Host, environment, running_host
from tests.emulators import free_port
from tests.journeys.city import wait_for


def test_it_says_exactly_where_it_is_ready(host: Host) -> None:
    assert host.first_line == f"Laksa is ready: http://127.0.0.1:{host.port}/\n"
    assert host.ask("GET", "/")[1] == "formulir /"


def test_bound_to_every_address_it_names_one_that_can_be_opened(tmp_path: Path) -> None:
    with running_host(tmp_path, LAKSA_BIND="0.0.0.0") as host:
        assert host.first_line == f"Laksa is ready: http://127.0.0.1:{host.port}/\n"
        assert host.stop(signal.SIGINT) == 0


def test_an_open_request_finishes_before_it_stops(tmp_path: Path) -> None:
    answers: list[str] = []
    with running_host(tmp_path) as host:
        asking = threading.Thread(target=lambda: answers.append(host.ask("GET", "/?seconds=1")[1]))
        asking.start()
        wait_for((tmp_path / "entered").exists)
        assert host.stop() == 0
        asking.join(PATIENCE)
    assert answers == ["formulir /"]


def test_a_request_that_never_ends_does_not_keep_it(tmp_path: Path) -> None:
    with running_host(tmp_path) as host:
        asking = threading.Thread(target=_ask_in_vain, args=(host,), daemon=True)
        asking.start()
        wait_for((tmp_path / "entered").exists)
        assert host.stop() == 0
        asking.join(PATIENCE)


def _ask_in_vain(host: Host) -> None:
    with pytest.raises((ConnectionError, OSError)):
        host.ask("GET", "/?seconds=60")


def test_what_a_crash_left_unfinished_is_swept_at_once(tmp_path: Path) -> None:
    ticks = tmp_path / "ticks.txt"
    for starts in (1, 2):
        with running_host(tmp_path) as host:
            wait_for(lambda n=starts: ticks.exists() and ticks.read_text().count("sweep") == n)
            host.process.kill()


def test_a_port_in_use_is_one_clear_line(host: Host, tmp_path: Path) -> None:
    failed = _fail(environment(tmp_path, host.port))
    assert failed.returncode == 1
    assert failed.stderr.splitlines() == [
        f"Laksa cannot start: 127.0.0.1:{host.port} is in use; choose another with PORT=8081"
    ]


def test_a_file_that_cannot_be_used_is_named_and_not_the_port(tmp_path: Path) -> None:
    (tmp_path / LEDGER).mkdir()
    failed = _fail(environment(tmp_path, free_port()))
    assert (failed.returncode, failed.stderr.splitlines()) == (
        1,
        [f"Laksa cannot start: {tmp_path / LEDGER} cannot be used (Is a directory)"],
    )


def test_a_host_that_wakes_its_functions_itself_asks_them_for_no_token(tmp_path: Path) -> None:
    accounts = {"LAKSA_PUSH_ACCOUNT": "p@x.example", "LAKSA_TICK_ACCOUNT": "t@x.example"}
    failed = _fail(environment(tmp_path, 1, LAKSA_CALLERS="token", **accounts))
    assert failed.returncode == 2
    assert failed.stderr.splitlines() == [
        "Laksa cannot start: LAKSA_CALLERS=token is for Google Cloud; this host wakes its functions itself, "
        "without tokens"
    ]


def test_a_wrong_setting_is_one_clear_line(tmp_path: Path) -> None:
    failed = _fail(environment(tmp_path, 1, PORT="delapan"))
    assert failed.returncode == 2
    assert failed.stderr.splitlines() == ["Laksa cannot start: PORT is 'delapan'; it must be a number from 1 to 65535"]


def _fail(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infra.embedded.host"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
