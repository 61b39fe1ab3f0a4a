"""A new routing table comes into force while complaints come in: none is lost, and each says which table chose."""

from __future__ import annotations
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.city import City

LAMP = "Lampu jalan di gang kami mati sudah {n} malam, gelap sekali dan anak-anak takut lewat."
WAVE = 12
OLD, NEW = "DISHUB", "PERKIM"


def complaints(city: City, tickets: list[str]) -> list[dict[str, Any]]:
    """The complaint of each ticket, as `laksa case` tells it."""
    told = city.commands(*(("case", ticket, "--json") for ticket in tickets))
    return [json.loads(case.stdout)["complaint"] for case in told]


def answered(city: City, *words: str) -> Any:
    """What a command that must work says, for machines."""
    done = city.laksa(*words, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def edited(city: City, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The table in force with street lights given to another department; taken back in the end."""
    folder = tmp_path_factory.mktemp("tabel")
    answered(city, "routing", "export", str(folder))
    path = folder / "categories.csv"
    path.write_text(path.read_text("utf-8").replace("light request,DISHUB", "light request,PERKIM"), "utf-8")
    yield path


def send(city: City, numbers: range) -> list[str]:
    """Complaints about lamps, eight citizens at a time; their tickets."""
    with ThreadPoolExecutor(8) as citizens:
        return list(citizens.map(lambda n: city.submit_json(message=LAMP.format(n=n))["ticket"], numbers))


def decisions(city: City, tickets: list[str]) -> list[tuple[str, str]]:
    """Who has each complaint, and the version that chose, when all work is done."""
    city.idle()
    cases = complaints(city, tickets)
    assert all(case["assignment"]["opd"] == case["decision"]["opd"] for case in cases)
    return [(case["assignment"]["opd"], case["decision"]["version"]) for case in cases]


def test_a_table_comes_into_force_under_way_and_is_taken_back_under_way(city: City, edited: Path) -> None:
    tables = city.commands(("routing", "show", "--json"), ("routing", "check", str(edited), "--json"))
    first, second = (json.loads(table.stdout)["version"] for table in tables)
    before = send(city, range(2, 6))
    tickets, stop = _under_way(city)
    try:
        imported = answered(city, "routing", "import", str(edited))
    finally:
        stop()
    after = send(city, range(90, 94))
    by_version = {first: OLD, second: NEW}
    assert (imported["version"], imported["previous"]) == (second, "")
    made = decisions(city, [*before, *tickets, *after])
    assert all(version.startswith((first, second)) for _, version in made)
    assert [opd for opd, _ in made] == [by_version[version[: len(first)]] for _, version in made]
    assert {opd for opd, _ in made[: len(before)]} == {OLD}
    assert {opd for opd, _ in made[-len(after) :]} == {NEW}
    _each_department_is_told_once(city, [*before, *tickets, *after], [opd for opd, _ in made])
    assert answered(city, "routing", "rollback")["taken_back"] == second
    assert {opd for opd, _ in decisions(city, send(city, range(200, 203)))} == {OLD}


def _under_way(city: City) -> tuple[list[str], Any]:
    """Citizens who keep writing until they are stopped; the list fills while they do."""
    tickets: list[str] = []
    done = threading.Event()

    def write() -> None:
        for n in range(10, 10 + WAVE):
            tickets.append(city.submit_json(message=LAMP.format(n=n))["ticket"])
            done.wait(0.1)

    writer = threading.Thread(target=write)
    writer.start()

    def stop() -> None:
        done.set()
        writer.join()

    return tickets, stop


def _each_department_is_told_once(city: City, tickets: list[str], opds: list[str]) -> None:
    city.later(minutes=16)  # from the eleventh lamp on they come in a list
    mails = [mail for mail in city.mails() if not mail.subject.startswith("Laksa ")]  # no morning's letter
    for ticket, opd in zip(tickets, opds, strict=True):
        to = [mail.to for mail in mails if ticket in mail.subject + mail.text]
        assert to == [f"{opd.lower()}@opd.example"], ticket
