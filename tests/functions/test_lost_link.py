"""`/laporan`: the same answer to everybody, and the way in by number and code."""

from __future__ import annotations
from typing import Any

import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

from functions import complaint_page as lost_link
from functions.app.container import container
from functions.complaint_page import complaint_page
from functions.web.http import MAX_SENDERS, AttemptLimit
from tests.builders import MONDAY, TICKET
from tests.workflows.world import TellingBus, World
from workflows.errors import TooManyTries
from workflows.topics import LINK_ASKED

pytestmark = pytest.mark.slow

JSON = {"Accept": "application/json"}
ELSEWHERE = {"X-Forwarded-For": "203.0.113.7"}
WRONG = "0000-0000-0000-0000"


@pytest.fixture(autouse=True)
def no_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WRONG_CODES", "ASKED"):
        counted: AttemptLimit = getattr(lost_link, name)
        monkeypatch.setattr(lost_link, name, AttemptLimit(counted._most, counted._within))


def send(fields: dict[str, str], headers: dict[str, str] | None = None) -> Response:
    builder = EnvironBuilder(path="/laporan", method="POST", data=fields, headers=list((headers or {}).items()))
    builder.environ_base = {"REMOTE_ADDR": "127.0.0.1"}
    try:
        answer = complaint_page(Request(builder.get_environ()))
    finally:
        builder.close()
    assert isinstance(answer, Response)
    return answer


def code() -> str:
    return container().links.spoken_code(TICKET, 1)


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "json"])
def test_number_and_code_lead_to_the_page(laksa: World, headers: dict[str, str]) -> None:
    path = f"/laporan/{TICKET}/{container().links.citizen_key(TICKET, 1)}"
    answer = send({"ticket": TICKET.lower().replace("-", " "), "code": code().lower().replace("-", " ")}, headers)
    found: Any = answer.json["url"] if headers and answer.json else answer.headers.get("Location")
    assert (answer.status_code, found.endswith(path)) == (200 if headers else 303, True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ticket": TICKET, "code": WRONG}, "code"),
        ({"ticket": "LKS-0000-0000-0", "code": WRONG}, "code"),
        ({"ticket": TICKET, "code": " "}, "code"),
        ({"ticket": "", "code": WRONG}, "ticket"),
        ({"ticket": "", "email": "a@b.id"}, "ticket"),
        ({"ticket": TICKET}, "email"),
        ({"ticket": TICKET, "email": "", "phone": " "}, "email"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(laksa: World, fields: dict[str, str], field: str) -> None:
    assert (send(fields, JSON).json or {})["errors"][0]["field"] == field
    page = send(fields)
    assert page.status_code == 422
    assert all(f'value="{typed}"' in page.get_data(as_text=True) for typed in fields.values() if typed.strip())


def test_the_counter_of_this_very_machine_is_not_limited(laksa: World) -> None:
    assert {send({"ticket": TICKET, "code": WRONG}).status_code for _ in range(25)} == {422}


@pytest.mark.parametrize("headers", [ELSEWHERE, ELSEWHERE | JSON], ids=["page", "json"])
def test_whoever_asks_without_end_reads_the_same_and_nothing_is_looked_up(
    laksa: World, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    bus = TellingBus()
    monkeypatch.setattr(container(), "bus", bus)
    asked = {"ticket": TICKET, "email": "a@b.example"}
    answers = [send(asked, headers) for _ in range(25)]
    assert {(answer.status_code, answer.get_data()) for answer in answers} == {(200, answers[0].get_data())}
    assert [topic for topic, _ in bus.messages] == [LINK_ASKED] * 20
    send(asked, {"X-Forwarded-For": "203.0.113.8"})
    laksa.clock.wait(minutes=15)
    send(asked, headers)
    assert len(bus.messages) == 22


def test_too_many_codes_say_how_long_to_wait(laksa: World) -> None:
    for _ in range(20):
        send({"ticket": TICKET, "code": WRONG}, ELSEWHERE)
    again = {"ticket": TICKET, "code": WRONG}
    assert "Tunggu 15 menit" in send(again, ELSEWHERE).get_data(as_text=True)
    assert "Tunggu 15 menit" in str(send(again, ELSEWHERE | JSON).json)
    assert "Wait 15 minutes" in send(again | {"lang": "en"}, ELSEWHERE).get_data(as_text=True)


@pytest.mark.parametrize("headers", [ELSEWHERE, ELSEWHERE | JSON], ids=["page", "json"])
def test_a_machine_reads_when_the_oldest_try_is_forgotten(laksa: World, headers: dict[str, str]) -> None:
    for _ in range(20):
        send({"ticket": TICKET, "code": WRONG}, ELSEWHERE)
        laksa.clock.wait(seconds=10)
    refused = send({"ticket": TICKET, "code": WRONG}, headers)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(15 * 60 - 200))
    assert "12 menit" in refused.get_data(as_text=True)
    laksa.clock.wait(seconds=int(refused.headers["Retry-After"]))
    assert send({"ticket": TICKET, "code": WRONG}, headers).status_code == 422


def test_of_very_many_senders_the_first_is_forgotten() -> None:
    guesses = AttemptLimit(most=1, within=lost_link.WRONG_CODES._within)
    for number in range(MAX_SENDERS + 1):
        guesses.note(str(number), MONDAY)
    guesses.refuse_more("0", MONDAY)
    with pytest.raises(TooManyTries):
        guesses.refuse_more("1", MONDAY)
