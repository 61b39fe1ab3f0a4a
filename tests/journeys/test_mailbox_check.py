"""A quarter begins: every department is asked whether it reads its mailbox, by one press."""

from __future__ import annotations
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.journeys.boards import next_board
from tests.journeys.city import City, next_quarter
from tests.journeys.conftest import STACKS, running

DLH, PUPR = "dlh@opd.example", "pupr@opd.example"


@pytest.fixture(scope="module", params=STACKS)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city on the first working morning of a quarter, begun on the day before."""
    first = next_quarter()
    for city in running(request, tmp_path_factory.mktemp(request.param), begins=first - timedelta(hours=16)):
        city.clock((first + timedelta(hours=1)).isoformat())
        yield city


def link(city: City, to: str) -> str:
    (mail,) = [mail for mail in city.mails(to) if "masih dibaca?" in mail.subject]
    return mail.link


def test_opening_changes_nothing_and_one_press_is_written_down(asked: City) -> None:
    url = link(asked, DLH)
    for _ in range(3):
        assert "Masih dibaca</button>" in asked.http.get(url).text
        assert asked.http.head(url).status_code == 200
    assert asked.page(url)["confirmed_at"] is None
    assert asked.press(url, "confirm").status_code == 303
    first = asked.page(url)
    assert first["department"]["code"] == "DLH" and first["confirmed_at"] and first["until"] is None
    assert asked.press(url, "confirm").status_code == 303
    assert asked.page(url) == first
    assert "sudah dicatat" in asked.http.get(url).text
    asked.refused(url, 422, "x")


def test_a_forged_link_is_forbidden(asked: City) -> None:
    url = link(asked, DLH)
    for wrong in (url[:-1] + ("0" if url[-1] != "0" else "1"), url.rsplit("/", 1)[0] + "/x"):
        assert asked.http.get(wrong).status_code == 403
        assert asked.press(wrong, "confirm").status_code == 403


def test_who_has_not_pressed_is_phoned_and_that_is_written_down(asked: City) -> None:
    url = link(asked, PUPR)
    asked.later(days=9)
    board = next_board(asked)
    alarms = {alarm["opd"]: alarm for alarm in asked.page(board)["alarms"] if alarm["kind"] == "mailbox"}
    assert "PUPR" in alarms and "DLH" not in alarms
    assert "untuk menanyakan alamat yang benar" in alarms["PUPR"]["text"]
    assert "belum dipastikan dibaca" in asked.mails("meja@laksa.example")[-1].text
    for _ in range(2):
        left = asked.act(board, alarms["PUPR"]["action"], opd="PUPR")["alarms"]
        assert "PUPR" not in {alarm.get("opd") for alarm in left if alarm["kind"] == "mailbox"}
    asked.refused(board, 422, "mailbox_called", opd="NASA")
    asked.act(url, "confirm")
