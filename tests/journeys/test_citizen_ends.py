"""How a case ends for its citizen: taken back, rated, objected to, and asked weeks later whether it is solved."""

from __future__ import annotations
from dataclasses import dataclass

import pytest

from tests.journeys.city import City, Ticket
from tests.journeys.every_page import EXTORTION
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, VAGUE, events, given


@pytest.fixture
def case(town: City) -> tuple[Ticket, str]:
    """A lamp with Dishub, and the link."""
    return given(town, LAMP, DISHUB)


def test_an_answer_is_rated_and_rated_again(town: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    town.refused(ticket.url, 409, "rate", score="5")
    town.act(link, "answer", message="Sudah kami ganti.")
    page = town.press(ticket.url, "rate", score="7", message="Lampunya terang.")
    assert page.status_code == 422 and "Pilih satu nilai, dari 1 sampai 5." in page.text
    assert "Lampunya terang.</textarea>" in page.text
    town.act(ticket.url, "rate", score="2", message="Lama sekali.")
    town.act(ticket.url, "confirm")
    rated = town.act(ticket.url, "rate", score="4")
    assert (rated["status"], events(rated).count("rated")) == ("closed", 2)
    html = town.http.get(ticket.url).text
    assert "Anda memberi nilai 4 dari 5" in html and "Ubah nilai" in html
    assert "Pelapor memberi nilai 2 dari 5" in town.http.get(link).text


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


QUESTION = "Apakah masalahnya benar-benar selesai?"
SUBJECT = "apakah memang sudah selesai? Satu pertanyaan"
PREVIEW = {"User-Agent": "WhatsApp/2.23.20.0 A"}


@dataclass
class Ends:
    """Reports that ended, or nearly, on one day, each in its own way: with the link of their office."""

    city: City
    silent: tuple[Ticket, str]
    settled: tuple[Ticket, str]
    unreached: tuple[Ticket, str]
    reader: tuple[Ticket, str]
    withdrawn: tuple[Ticket, str]
    restricted: tuple[Ticket, str]

    def questions(self, case: tuple[Ticket, str]) -> list[str]:
        """The letters in which it was asked whether the matter is solved."""
        letters = self.city.mails(CITIZEN, case[0].number)
        return [" ".join(mail.text.split()) for mail in letters if SUBJECT in mail.subject]


@pytest.fixture(scope="module")
def ends(city: City) -> Ends:
    """Answered and never heard of again, confirmed, twice without an address, taken back, and objected to."""
    emails = (CITIZEN, CITIZEN, "", "", CITIZEN)
    silent, settled, unreached, reader, withdrawn = (given(city, LAMP, DISHUB, email=email) for email in emails)
    restricted = given(city, EXTORTION, "inspektorat@opd.example")
    ends = Ends(city, silent, settled, unreached, reader, withdrawn, restricted)
    for _, link in (ends.silent, ends.settled, ends.unreached, ends.reader, ends.restricted):
        city.act(link, "answer", message="Sudah kami periksa dan ganti.")
    city.act(ends.settled[0].url, "confirm")
    city.http.get(ends.unreached[0].url, headers=PREVIEW)  # of a link that was pasted
    city.http.head(ends.reader[0].url)
    return ends


def test_a_report_that_was_taken_back_is_nobody_s_work_any_more(ends: Ends) -> None:
    city, (ticket, link) = ends.city, ends.withdrawn
    once, again = (city.act(ticket.url, "withdraw", message="Sudah menyala sendiri.") for _ in range(2))
    assert once == again and once["status"] == "withdrawn"
    assert events(once).count("withdrawn") == 1
    told = city.mail(DISHUB, ticket.number, "ditarik pelapor")
    assert "Sudah menyala sendiri." in told.text
    assert city.page(told.link)["actions"] == ["renew"]  # a link that still shows what happened
    city.refused(link, 409, "answer", message="Sudah diganti.")


def test_an_objection_to_a_restricted_report_passes_no_deadline(ends: Ends) -> None:
    city, (ticket, _) = ends.city, ends.restricted
    words = "Saya tidak setuju, tolong dibaca lagi."
    assert city.act(ticket.url, "dispute", message=words)["status"] == "in_progress"
    page = city.http.get(ticket.url).text
    assert "melewati batas waktu" not in page
    assert "Anda menyatakan belum selesai" in page and "Karena keberatan Anda, laporan naik ke Inspektur" in page


def test_who_opened_the_page_was_reached_and_has_the_whole_time(ends: Ends) -> None:
    city, ticket = ends.city, ends.reader[0]
    city.later(days=8)
    until = ticket.state()["next"]["until"]
    assert ticket.state()["next"]["until"] == until  # opened again, nothing moves
    city.later(days=9)
    assert ticket.state()["status"] == "answered"
    city.clock(until)
    city.later(minutes=6)
    assert ticket.state()["closed_as"] == "no_response"


def test_three_weeks_later_each_is_closed_as_it_was(ends: Ends) -> None:
    city, silent, unreached = ends.city, ends.silent[0], ends.unreached[0]
    assert silent.state()["closed_as"] == "no_response"
    assert "question" not in silent.state() and QUESTION not in city.http.get(silent.url).text
    city.refused(silent.url, 409, "confirm")
    assert (unreached.state()["status"], unreached.state()["closed_as"]) == ("closed", "not_reached")
    for url in (unreached.url, ends.unreached[1]):
        assert "pelapor tidak terjangkau" in city.http.get(url).text
    page = city.http.get(ends.restricted[0].url).text
    assert "Inspektorat melewati batas waktu. Yang diberi tahu hanya Inspektur" in page
    assert not city.mails(DISHUB, f"{ends.withdrawn[0].number}: lewat")


def test_four_weeks_after_its_end_it_is_asked_once_and_yes_counts_as_confirmed(ends: Ends) -> None:
    city, ticket = ends.city, ends.silent[0]
    city.act(ends.restricted[1], "answer", message="Sudah kami periksa lagi.")
    city.later(days=30)
    (letter,) = ends.questions(ends.silent)
    assert "“Belum” membuka laporan kembali." in letter and ticket.url in letter
    html = city.http.get(ticket.url).text
    assert QUESTION in html and ">Ya</button>" in html and "<summary>Belum</summary>" in html
    for asked in (ticket, ends.unreached[0]):  # one by letter, one on its page alone
        assert asked.state()["question"] == QUESTION
        after = city.act(asked.url, "confirm")
        assert (after["status"], after["closed_as"], "question" in after) == ("closed", "confirmed", False)
        assert city.act(asked.url, "confirm") == after


def test_no_reopens_the_case_and_nothing_asks_a_second_time(ends: Ends) -> None:
    city, ticket = ends.city, ends.settled[0]
    assert city.refused(ticket.url, 422, "dispute")["errors"][0]["field"] == "message"
    assert 'id="dispute-message"' in city.press(ticket.url, "dispute").text
    page = city.act(ticket.url, "dispute", message="Padam lagi seminggu kemudian.")
    assert page["status"] == "in_progress" and "Padam lagi" in city.mail(DISHUB, ticket.number).text
    city.act(city.mail(DISHUB, ticket.number).link, "answer", message="Kabelnya kami ganti.")
    city.act(ticket.url, "confirm")
    city.later(days=57)
    assert [len(ends.questions(case)) for case in (ends.settled, ends.silent, ends.withdrawn)] == [1, 1, 0]
    for case in (ends.settled, ends.silent, ends.withdrawn):
        assert "question" not in case[0].state()
    assert events(ends.withdrawn[0].state())[-1] == "withdrawn"
