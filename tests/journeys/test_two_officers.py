"""Two officers at one case: one is first, the other reads what happened and loses no word."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DLH, TRASH, events, given

OFFICERS = {"Bu Rani": "Truk kedua sudah mengangkut pagi tadi.", "Pak Udin": "Sudah kami jadwalkan ulang."}


@pytest.fixture
def case(town: City) -> tuple[Ticket, str]:
    """A report with DLH, and its link."""
    return given(town, TRASH, DLH)


def test_of_two_answers_at_once_one_goes_out_and_the_other_is_kept(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case

    def send(officer: str) -> requests.Response:
        form = {"action": "answer", "message": OFFICERS[officer], "officer": officer}
        return requests.post(link, data=form, allow_redirects=False, timeout=60)

    with ThreadPoolExecutor(2) as both:
        answers = dict(zip(OFFICERS, both.map(send, OFFICERS), strict=True))
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    late, first = sorted(OFFICERS, key=lambda officer: answers[officer].status_code, reverse=True)
    page = answers[late].text
    assert f"{first} sudah menjawab pada" in page
    assert OFFICERS[late] in page and OFFICERS[first] in page
    assert events(ticket.state()).count("answered") == 1
    assert len([mail for mail in town.mails(CITIZEN, ticket.number) if "jawaban" in mail.subject]) == 1
    assert OFFICERS[late] not in town.http.get(ticket.url).text


def test_an_answer_to_a_case_that_was_just_handed_away_keeps_its_words(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    town.act(link, "forward", to="PDPASAR", message="TPS ini milik pasar.", officer="Bu Rani")
    page = town.press(link, "answer", message=OFFICERS["Pak Udin"])
    assert (page.status_code, OFFICERS["Pak Udin"] in page.text) == (410, True)
    assert ticket.state()["status"] == "assigned"


def test_accepting_twice_keeps_the_first_name(town: City, case: tuple[Ticket, str]) -> None:
    _, link = case
    town.act(link, "acknowledge", officer="Bu Rani")
    assert town.press(link, "acknowledge", officer="Pak Udin").status_code == 303
    page = town.http.get(link).text
    assert "Diterima Bu Rani" in page and "Udin" not in page
