"""Weeks after a case was closed its citizen is asked once whether it is really solved, with and without e-mail."""

from __future__ import annotations

from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, events, given

QUESTION = "Apakah masalahnya benar-benar selesai?"
SUBJECT = "apakah memang sudah selesai? Satu pertanyaan"
FOUR_WEEKS = 28.2


def questions(city: City, ticket: Ticket) -> list[str]:
    """The letters in which it was asked."""
    return [mail.text for mail in city.mails(CITIZEN, ticket.number) if SUBJECT in mail.subject]


def closed(city: City) -> Ticket:
    """A lamp that Dishub has repaired, as its citizen agrees."""
    ticket, link = given(city, LAMP, DISHUB)
    city.act(link, "answer", message="Sudah kami ganti.")
    city.act(ticket.url, "confirm")
    return ticket


def test_whoever_said_nothing_is_asked_once_and_yes_counts_as_confirmed(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB)
    city.act(link, "answer", message="Sudah kami ganti.")
    city.idle()
    city.later(days=20)
    assert ticket.state()["closed_as"] == "no_response"
    assert "question" not in ticket.state() and QUESTION not in city.http.get(ticket.url).text
    city.refused(ticket.url, 409, "confirm")
    city.later(days=FOUR_WEEKS)
    (letter,) = questions(city, ticket)
    assert "“Belum” membuka laporan kembali." in " ".join(letter.split()) and ticket.url in letter
    assert ticket.state()["question"] == QUESTION
    html = city.http.get(ticket.url).text
    assert QUESTION in html and ">Ya</button>" in html and "<summary>Belum</summary>" in html
    after = city.act(ticket.url, "confirm")
    assert (after["status"], after["closed_as"], "question" in after) == ("closed", "confirmed", False)
    assert city.act(ticket.url, "confirm") == after
    city.later(days=60)
    assert len(questions(city, ticket)) == 1 and QUESTION not in city.http.get(ticket.url).text


def test_no_reopens_the_case_and_nothing_asks_a_second_time(city: City) -> None:
    ticket = closed(city)
    city.later(days=FOUR_WEEKS)
    assert city.refused(ticket.url, 422, "dispute")["errors"][0]["field"] == "message"
    assert 'id="dispute-message"' in city.press(ticket.url, "dispute").text
    page = city.act(ticket.url, "dispute", message="Padam lagi seminggu kemudian.")
    assert page["status"] == "in_progress" and "Padam lagi" in city.mail(DISHUB, ticket.number).text
    city.act(city.mail(DISHUB, ticket.number).link, "answer", message="Kabelnya kami ganti.")
    city.act(ticket.url, "confirm")
    city.later(days=2 * FOUR_WEEKS)
    assert len(questions(city, ticket)) == 1 and "question" not in ticket.state()


def test_without_an_address_the_page_asks_and_says_who_was_not_reached(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB, email="")
    city.act(link, "answer", message="Sudah kami ganti.")
    city.http.get(ticket.url, headers={"User-Agent": "WhatsApp/2.23.20.0 A"})  # the preview of a pasted link
    city.later(days=20)
    page = ticket.state()
    assert (page["status"], page["closed_as"]) == ("closed", "not_reached")
    assert "pelapor tidak terjangkau" in city.http.get(ticket.url).text
    assert "pelapor tidak terjangkau" in city.http.get(link).text
    city.later(days=FOUR_WEEKS)
    assert ticket.state()["question"] == QUESTION
    assert city.act(ticket.url, "confirm")["closed_as"] == "confirmed"


def test_who_opened_the_page_was_reached_and_has_the_whole_time(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB, email="")
    city.act(link, "answer", message="Sudah kami ganti.")
    city.http.head(ticket.url)
    city.later(days=8)
    until = ticket.state()["next"]["until"]
    assert ticket.state()["next"]["until"] == until  # opened again, nothing moves
    city.later(days=9)
    assert ticket.state()["status"] == "answered"
    city.clock(until)
    city.later(minutes=6)
    assert ticket.state()["closed_as"] == "no_response"


def test_what_the_citizen_took_back_asks_nothing(city: City) -> None:
    ticket, _ = given(city, LAMP, DISHUB)
    city.act(ticket.url, "withdraw")
    city.later(days=2 * FOUR_WEEKS)
    assert questions(city, ticket) == [] and "question" not in ticket.state()
    assert events(ticket.state())[-1] == "withdrawn"
