"""How a case ends for its citizen: taken back, rated, objected to, and asked weeks later whether it is solved."""

from __future__ import annotations

import pytest

from tests.journeys.city import City, Ticket
from tests.journeys.every_page import EXTORTION
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, VAGUE, events, given


@pytest.fixture
def case(town: City) -> tuple[Ticket, str]:
    """A lamp with Dishub, and the link."""
    return given(town, LAMP, DISHUB)


def test_a_report_that_was_taken_back_is_nobody_s_work_any_more(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    page = town.act(ticket.url, "withdraw", message="Sudah menyala sendiri.")
    assert page["status"] == "withdrawn"
    told = town.mail(DISHUB, ticket.number, "ditarik pelapor")
    assert "Sudah menyala sendiri." in told.text
    assert town.page(told.link)["actions"] == ["renew"]  # a link that still shows what happened
    town.refused(link, 409, "answer", message="Sudah diganti.")
    town.later(days=20)
    assert ticket.state()["status"] == "withdrawn"
    assert not town.mails(DISHUB, f"{ticket.number}: lewat")


def test_taking_back_twice_changes_nothing(town: City, case: tuple[Ticket, str]) -> None:
    ticket, _ = case
    once = town.act(ticket.url, "withdraw")
    assert town.act(ticket.url, "withdraw") == once
    assert events(once).count("withdrawn") == 1
    assert town.refused(ticket.url, 409, "confirm")["possible"] == []


def test_an_answer_is_rated_and_rated_again(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    town.refused(ticket.url, 409, "rate", score="5")
    town.act(link, "answer", message="Sudah kami ganti.")
    assert town.refused(ticket.url, 422, "rate", score="7")["errors"][0]["field"] == "score"
    town.act(ticket.url, "rate", score="2", message="Lama sekali.")
    town.act(ticket.url, "confirm")
    page = town.act(ticket.url, "rate", score="4")
    assert (page["status"], events(page).count("rated")) == ("closed", 2)
    html = town.http.get(ticket.url).text
    assert "Anda memberi nilai 4 dari 5" in html and "Ubah nilai" in html
    assert "Pelapor memberi nilai 2 dari 5" in town.http.get(link).text


def test_a_score_that_is_missing_loses_no_word(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    town.act(link, "answer", message="Sudah kami ganti.")
    page = town.press(ticket.url, "rate", message="Lampunya terang.")
    assert page.status_code == 422
    assert "Pilih satu nilai, dari 1 sampai 5." in page.text
    assert "Lampunya terang.</textarea>" in page.text


def test_the_second_objection_is_read_by_the_operator(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    town.act(link, "answer", message="Sudah kami ganti.")
    assert town.act(ticket.url, "dispute", message="Masih mati.")["status"] == "in_progress"
    town.act(link, "answer", message="Sudah kami periksa lagi.")
    page = town.act(ticket.url, "dispute", message="Tetap mati.")
    assert (page["status"], page["department"]) == ("at_desk", None)
    assert "operator memilih siapa yang menjawab" in " ".join(town.mails(CITIZEN, ticket.number)[-1].text.split())
    desk = town.mail(DESK, ticket.number).link
    assert town.http.get(link).status_code == 410
    assert town.act(desk, "assign", to="DISHUB")["status"] == "assigned"
    again = town.mails(DISHUB, ticket.number)[-1].link
    assert town.act(again, "answer", message="Kabel putus, sudah disambung.")["status"] == "answered"
    assert town.act(ticket.url, "confirm")["status"] == "closed"


@pytest.mark.parametrize(
    ("action", "fields", "state"),
    [
        ("reject", {"reason": "unclear", "message": "Sebutkan lokasinya."}, "rejected"),
        ("external", {"to": "EXT-PLN", "message": "Ini jaringan PLN."}, "external"),
        ("merge", {}, "merged"),
    ],
)
def test_an_end_made_by_the_desk_is_rated_and_disputed_not_confirmed(
    town: City, action: str, fields: dict[str, str], state: str
) -> None:
    into = {"into": given(town, LAMP, DISHUB)[0].number} if action == "merge" else {}
    ticket, desk = given(town, VAGUE, DESK)
    town.act(desk, action, **fields, **into)
    page = town.act(ticket.url, "rate", score="1", message="Tidak menjawab laporan saya.")
    assert (page["status"], events(page)[-1]) == (state, "rated")
    assert "confirm" not in town.refused(ticket.url, 409, "confirm")["possible"]
    assert town.refused(ticket.url, 422, "dispute")["errors"][0]["field"] == "message"
    page = town.act(ticket.url, "dispute", message="Lokasinya sudah saya sebut: Cipondoh.")
    assert (page["status"], page["next"]["who"]) == ("at_desk", "Operator Laksa")
    letter = " ".join(town.mail(CITIZEN, ticket.number, "keberatan diterima").text.split())
    assert "operator memilih siapa yang menjawab" in letter and "Berikutnya: Operator Laksa" in letter
    assert "Cipondoh" not in letter
    assert town.act(ticket.url, "dispute", message="Lokasinya sudah saya sebut: Cipondoh.") == page


WORDS = "Saya tidak setuju, tolong dibaca lagi."


def test_an_objection_to_a_restricted_report_passes_no_deadline(town: City) -> None:
    ticket, link = given(town, EXTORTION, "inspektorat@opd.example")
    town.act(link, "answer", message="Sudah kami periksa.")
    assert town.act(ticket.url, "dispute", message=WORDS)["status"] == "in_progress"
    page = town.http.get(ticket.url).text
    assert "melewati batas waktu" not in page
    assert "Anda menyatakan belum selesai" in page and "Karena keberatan Anda, laporan naik ke Inspektur" in page
    town.later(days=20)
    page = town.http.get(ticket.url).text
    assert "Inspektorat melewati batas waktu. Yang diberi tahu hanya Inspektur" in page


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
