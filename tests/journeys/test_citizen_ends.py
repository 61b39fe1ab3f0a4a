"""How a case ends for its citizen: taken back, rated, objected to twice."""

from __future__ import annotations

import pytest

from tests.journeys.city import City, Ticket
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
    assert town.act(ticket.url, "dispute", message="Lokasinya sudah saya sebut: Cipondoh.") == page
