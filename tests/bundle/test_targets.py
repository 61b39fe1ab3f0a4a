"""Each target of the bundle starts by itself, with its requirements.txt alone, and does its work."""

from __future__ import annotations
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from infra.topology import read_topology
from tests.bundle.lived_in import ASKED, SECRET, LivedIn, live_in
from tests.bundle.server import Server, first_answer, running

pytestmark = pytest.mark.slow
TOPOLOGY = read_topology()
ALL_IN_ONE = "laksa"
TOKENS = {
    "LAKSA_CALLERS": "token",
    "LAKSA_PUSH_ACCOUNT": "push@laksa.example",
    "LAKSA_TICK_ACCOUNT": "tick@laksa.example",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> LivedIn:
    """On the embedded store, which all targets share."""
    return live_in(tmp_path_factory.mktemp("city") / "laksa")


@pytest.fixture(scope="module")
def servers(python: Path, unpacked: Path, city: LivedIn) -> Iterator[dict[str, Server]]:
    """Every target in a process of its own; started side by side, since each loads for a second."""
    env = {"LAKSA_DATA": str(city.folder), "LAKSA_INBOUND_SECRET": SECRET}
    with ExitStack() as stack, ThreadPoolExecutor(3) as pool:

        def start(target: str) -> tuple[str, Server]:
            log = city.folder.parent / f"{target}.log"
            more = TOKENS if target == ALL_IN_ONE else {}
            server = stack.enter_context(running(python, unpacked / "main.py", target, env | more, log))
            first_answer(server)
            return target, server

        yield dict(pool.map(start, ASKED))


def test_every_target_is_asked() -> None:
    assert set(ASKED) == {*TOPOLOGY.by_name, ALL_IN_ONE}


def test_nothing_is_imported_from_elsewhere(python: Path, unpacked: Path) -> None:
    say = "import main, functions, workflows, infra; print(functions.__file__, workflows.__file__, infra.__file__)"
    said = subprocess.run([python, "-c", say], cwd=unpacked, env={}, capture_output=True, text=True, check=True)
    assert said.stdout.count(f"{unpacked}/") == 3, said.stdout


@pytest.mark.parametrize("target", ASKED)
def test_it_does_what_google_wakes_it_for(servers: dict[str, Server], city: LivedIn, target: str) -> None:
    server = servers[target]
    answer = ASKED[target](server, city, target)
    private = target in TOPOLOGY.by_name and TOPOLOGY.by_name[target].trigger != "http"
    assert answer.status in ((204,) if private else (200, 202, 410)), server.log.read_text()[-2000:]
