"""News and answers: words or a photo, a photo that cannot be proof, and canned answers that are edited first."""

from __future__ import annotations
import re
from html import unescape

import pytest

from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, events, given
from tests.pictures.given import encoded, phone_photo, scene

MINE, DONE = phone_photo(5), phone_photo(6, "2031:07:05 08:30:00")
CANNED = re.compile(r'href="(\?contoh=\d+)#jawab">([^<]+)<')


@pytest.fixture
def case(town: City) -> tuple[Ticket, str]:
    """A lamp with Dishub, its citizen's photo with it, and the link."""
    return given(town, LAMP, DISHUB, MINE)


def test_news_reaches_the_citizen_and_moves_no_deadline(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    deadline = town.page(link)["deadline"]
    page = town.act(link, "progress", DONE, message="Tangga truk sedang dipakai; besok giliran gang ini.")
    assert (page["status"], page["deadline"]) == ("in_progress", deadline)
    assert "besok giliran gang ini" in town.mail(CITIZEN, ticket.number, "kabar dari Dishub").text
    assert town.http.get(f"{ticket.url}/foto/2").status_code == 200
    assert events(ticket.state())[-1] == "progress"


def test_a_photo_alone_is_an_answer_where_the_work_is_done(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    refused = town.refused(link, 422, "answer", DONE, outcome="not_done")
    assert refused["errors"][0]["field"] == "message"
    assert town.act(link, "answer", DONE, outcome="done")["status"] == "answered"
    assert town.mail(CITIZEN, ticket.number, "jawaban").link == ticket.url
    assert f'src="{ticket.url.removeprefix(town.url)}/foto/2?kecil=1"' in town.http.get(ticket.url).text
    assert not town.mails(DESK, ticket.number)


def test_the_citizen_s_own_photo_sent_back_is_shown_to_the_desk(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    again = encoded(scene(5, 1600, 1200), quality=60)
    assert town.act(link, "answer", again, message="Sudah diganti.")["status"] == "answered"
    told = town.mail(DESK, ticket.number, "foto bukti dari Dishub perlu dilihat")
    doubt = "sama dengan foto yang dikirim pelapor"
    assert doubt in " ".join(told.text.split())
    assert doubt in town.http.get(told.link).text
    assert [town.http.get(f"{told.link}/foto/{n}").status_code for n in (1, 2)] == [200, 200]
    assert doubt not in town.http.get(ticket.url).text + town.mail(CITIZEN, ticket.number).text


def test_a_file_that_is_no_photo_needs_words_after_all(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    page = town.press(link, "answer", b"bukan foto", officer="Pak Budi")
    assert (page.status_code, 'value="Pak Budi"' in page.text) == (422, True)
    assert town.act(link, "answer", b"bukan foto", message="Sudah menyala.")["status"] == "answered"
    assert "bukan JPEG, PNG atau WebP" in town.http.get(ticket.url).text


def test_a_canned_answer_is_edited_before_it_can_be_sent(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    assert textarea(town.http.get(f"{link}?contoh=9999").text, "answer-message") == ""
    offered = dict(reversed(pair) for pair in CANNED.findall(town.http.get(link).text))
    form = town.http.get(link + offered["Gangguan aliran PLN"]).text
    words = textarea(form, "answer-message")
    assert re.search(r'value="not_done"[^>]* checked', form)
    assert town.page(link)["status"] == "assigned"
    page = town.press(link, "answer", outcome="not_done", message=words)
    assert (page.status_code, textarea(page.text, "answer-message")) == (422, words)
    problem = town.refused(link, 422, "answer", outcome="not_done", message=words)
    assert "[lokasi]" in problem["errors"][0]["message"]
    filled = re.sub(r"\[[^]]+\]", "tiang 14", words)
    assert town.act(link, "answer", outcome="not_done", message=filled)["status"] == "answered"
    assert "tiang 14" in town.mail(CITIZEN, ticket.number, "jawaban").text


def textarea(page: str, id: str) -> str:
    """What stands in a form's text."""
    found = re.search(rf'<textarea id="{id}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found, f"no {id}"
    return unescape(found.group(1))
