"""A citizen without e-mail: told by the desk through WhatsApp or phone, or led back by the card that they keep."""

from __future__ import annotations
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.journeys.boards import next_board
from tests.journeys.city import City, Ticket
from tests.journeys.offices import DESK, DISHUB, LAMP
from tests.journeys.test_board import posted

NUMBER, OTHER = "0812-9876-5432", "0813-1111-2222"
DIGITS = "6281298765432"
EXTORTION = "Petugas kelurahan Sudimara Pinang minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuat."
JSON = {"Accept": "application/json"}
REPLY = "Lampu di depan gang sudah menyala lagi sejak tadi malam. Fittingnya kami ganti."


def lost(city: City, **fields: str) -> requests.Response:
    return city.http.post(city.url + "/laporan", data=fields, allow_redirects=False)


def told(city: City, board: str, number: str) -> list[dict[str, Any]]:
    """The desk's tasks about a report."""
    city.idle()
    return [task for task in city.page(board)["tell"] if task["ticket"] == number]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.fixture(scope="module")
def report(city: City) -> Ticket:
    city.later(minutes=1)
    return city.submit(LAMP, phone=NUMBER)


@pytest.fixture(scope="module")
def board(city: City, report: Ticket) -> str:
    return next_board(city)


def test_what_others_get_by_mail_is_a_task_with_words_and_link(city: City, report: Ticket, board: str) -> None:
    (task,) = told(city, board, report.number)
    text = parse_qs(urlsplit(task["whatsapp"]).query)["text"][0]
    assert task["whatsapp"].startswith(f"https://wa.me/{DIGITS}?text=")
    assert text.startswith(f"Laksa Kota Tangerang: ada kabar untuk laporan {report.number}. ")
    assert text.endswith(f" Lihat di {report.url}")
    page = city.http.get(board).text
    assert "Kabari pelapor" in page
    assert "Sudah dikabari" in page


def test_the_number_lies_on_the_board_alone(city: City, report: Ticket, board: str) -> None:
    assert not [mail for mail in city.mails() if DIGITS[2:] in digits(mail.text + mail.html + mail.subject)]
    assert "menunggu dikabari sejak" in [m for m in city.mails(DESK) if "/papan/" in m.text][-1].text
    assert DIGITS not in (city.data / "host.log").read_text()
    officer = city.mail(DISHUB, report.number).link
    assert DIGITS[2:] not in digits(city.http.get(officer).text)


def test_once_told_it_is_done_and_a_repeat_changes_nothing(city: City, report: Ticket, board: str) -> None:
    (task,) = told(city, board, report.number)
    for _ in range(2):
        assert posted(city, board, "told", task=task["task"]).status_code == 303
    assert told(city, board, report.number) == []
    city.refused(board, 422, "told", task="LKS-0000-0000-0.1.receipt.citizen.1")


def test_news_and_answer_are_one_task_that_outlives_an_untaken_call(city: City, report: Ticket, board: str) -> None:
    link = city.mail(DISHUB, report.number).link
    city.act(link, "progress", message="Petugas kami berangkat besok pagi.")
    city.act(link, "answer", message=REPLY)
    (task,) = told(city, board, report.number)
    assert set(task["news"].split("; ")) == {"kabar dari OPD", "jawaban OPD"}
    city.later(hours=2)
    posted(city, board, "no-answer", task=task["task"])
    assert [(again["task"], again["tries"]) for again in told(city, board, report.number)] == [(task["task"], 1)]
    posted(city, board, "told", task=task["task"])
    assert told(city, board, report.number) == []
    assert report.state()["status"] == "answered"


def test_of_a_restricted_report_only_that_there_is_news_is_told(city: City, board: str) -> None:
    hidden = city.submit(EXTORTION, phone=NUMBER)
    tasks = told(city, board, hidden.number)
    for task in tasks:
        text = parse_qs(urlsplit(task["whatsapp"]).query)["text"][0]
        assert text == f"Ada kabar untuk {hidden.number}: {hidden.url}"
        assert (task["phone"], task["news"]) == (None, "ada kabar")
    inspector = city.mail("inspektorat@opd.example", hidden.number)
    assert DIGITS[2:] not in digits(inspector.text)


def test_a_lost_link_becomes_one_task_and_the_page_never_tells(city: City, board: str) -> None:
    ticket = city.submit(LAMP + " Nomor tiang 12.", phone=NUMBER)
    (receipt,) = told(city, board, ticket.number)
    posted(city, board, "told", task=receipt["task"])
    answers = [lost(city, ticket=ticket.number, phone=phone).text for phone in (OTHER, NUMBER)]
    assert answers[0] == answers[1]
    assert "ke nomor HP pada jam kerja" in answers[0]
    city.later(minutes=20)
    lost(city, ticket=ticket.number, phone="+62 " + NUMBER[1:])
    (task,) = told(city, board, ticket.number)
    assert (task["news"], task["task"][-2:]) == ("minta tautan lagi", ".1")


def test_the_code_on_the_card_leads_back_however_it_is_typed(city: City) -> None:
    ticket = city.submit(LAMP + " Nomor tiang 13.")
    found = re.search(r'<b class="code spoken"[^>]*>([^<]+)</b>', city.http.get(ticket.url).text)
    assert found
    code = found.group(1)
    for typed in (code, code.lower().replace("-", " "), code.replace("-", "")):
        answer = lost(city, ticket=ticket.number.lower(), code=typed)
        assert answer.status_code == 303
        assert city.url + answer.headers["Location"] == ticket.url
    wrong = lost(city, ticket=ticket.number, code="0000 0000 0000 0000")
    assert wrong.status_code == 422
    assert "0000 0000 0000 0000" in wrong.text
    answer = city.http.post(city.url + "/laporan", json={"ticket": ticket.number, "code": code}, headers=JSON)
    assert answer.json() == {"url": ticket.url}
