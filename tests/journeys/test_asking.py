"""A question to the citizen: the office's clock stands, and goes on with their answer or with their silence."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DLH, TRASH, events, given
from tests.pictures.given import phone_photo

QUESTION = "TPS yang mana? Mohon sebutkan nama jalan atau patokannya."
ANSWER = "TPS di belakang Pasar Anyar, dekat gerbang timur."


@pytest.fixture
def case(city: City) -> tuple[Ticket, str]:
    """A report with DLH, and its link."""
    return given(city, TRASH, DLH)


def moment(page: dict[str, str], name: str = "deadline") -> datetime:
    return datetime.fromisoformat(page[name])


def subjects(city: City, ticket: Ticket, to: str) -> list[str]:
    return [mail.subject for mail in city.mails(to, ticket.number) if mail.subject.startswith(ticket.number)]


def test_the_clock_stands_until_the_citizen_answers(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    deadline = moment(city.page(link))
    asked = city.act(link, "ask", message=QUESTION, officer="Bu Rani")
    until = moment(asked["next"], "until")
    assert (asked["status"], asked["next"]["who"]) == ("waiting_for_citizen", "Pelapor")
    letter = city.mail(CITIZEN, ticket.number, "perlu keterangan dari Anda")
    assert QUESTION in letter.text and letter.link == ticket.url
    assert QUESTION in city.http.get(ticket.url).text
    assert until > deadline
    city.clock((until - timedelta(hours=1)).isoformat())
    assert len(subjects(city, ticket, DLH)) == 1  # nothing was due of them
    answered = city.act(ticket.url, "add", message=ANSWER)
    assert (answered["status"], events(answered)[-1]) == ("in_progress", "replied")
    assert moment(answered) > until
    assert ANSWER in city.mail(DLH, ticket.number, "pelapor sudah menjawab").text
    assert city.act(link, "answer", message="Sudah diangkut dari TPS itu.")["status"] == "answered"


def test_silence_starts_the_clock_and_the_next_question_stops_it_not(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    before = moment(city.page(link))
    until = moment(city.act(link, "ask", message=QUESTION)["next"], "until")
    city.clock((until + timedelta(minutes=6)).isoformat())
    page = city.page(link)
    assert (page["status"], events(page)[-1]) == ("in_progress", "no_reply")
    assert moment(page) > before
    assert QUESTION in city.mail(DLH, ticket.number, "belum ada jawaban dari pelapor").text
    again = city.act(link, "ask", message="Apakah TPS itu di tepi jalan besar?")
    assert (again["status"], again["deadline"]) == ("in_progress", page["deadline"])
    assert "tetap berjalan" in city.mail(CITIZEN, ticket.number, "perlu keterangan").text
    assert "Apakah TPS itu di tepi jalan besar?" in city.http.get(ticket.url).text.split("Siapa yang menangani")[0]
    told = city.act(ticket.url, "add", message=ANSWER)
    assert (told["status"], told["deadline"], events(told)[-1]) == ("in_progress", page["deadline"], "replied")
    assert "Batas waktu tetap" in city.mail(DLH, ticket.number, "pelapor sudah menjawab").text


def test_a_photo_alone_is_an_answer(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    city.act(link, "ask", message=QUESTION)
    assert city.act(ticket.url, "add", phone_photo())["status"] == "in_progress"
    assert "menjawab pertanyaan Anda dengan foto" in city.mail(DLH, ticket.number, "sudah menjawab").text
    assert city.http.get(f"{link}/foto/1").status_code == 200


def test_the_same_question_or_answer_twice_is_one(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for _ in range(2):
        assert city.press(link, "ask", message=QUESTION).status_code == 303
    for _ in range(2):
        assert city.press(ticket.url, "add", message=ANSWER).status_code == 303
    assert events(ticket.state())[2:] == ["asked", "replied"]
    assert len(subjects(city, ticket, DLH)) == 2


def test_whoever_need_not_wait_answers_at_once(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    city.act(link, "ask", message=QUESTION)
    assert city.act(link, "answer", message="Petugas sudah menemukannya sendiri.")["status"] == "answered"
    assert city.refused(ticket.url, 409, "add", message=ANSWER)["possible"] == ["confirm", "dispute", "rate"]


@pytest.mark.parametrize("message", ["", "   \n"])
def test_a_question_needs_words(city: City, case: tuple[Ticket, str], message: str) -> None:
    problem = city.refused(case[1], 422, "ask", message=message, officer="Bu Rani")
    assert [error["field"] for error in problem["errors"]] == ["message"]
    page = city.press(case[1], "ask", message=message, officer="Bu Rani")
    assert (page.status_code, 'value="Bu Rani"' in page.text) == (422, True)
    assert city.page(case[1])["status"] == "assigned"
