"""A letter Laksa is unsure of: the operator gets it with three departments, and one POST sends it on."""

from __future__ import annotations

import pytest

from tests.journeys.city import City

VAGUE = "Mohon bantuannya pak, sudah lama sekali kami menunggu dan belum ada tindakan apa pun."


@pytest.fixture
def triage(city: City) -> tuple[str, str, str]:
    """Ticket's page, its number, and the link in the operator's mail."""
    ticket = city.submit(VAGUE, email="bingung@contoh.example")
    return ticket.url, ticket.number, city.mail("meja@laksa.example", ticket.number).link


def test_the_operator_sees_three_departments_with_reasons(city: City, triage: tuple[str, str, str]) -> None:
    page = city.page(triage[2])
    assert page["status"] == "at_desk"
    assert len(page["suggestions"]) >= 3
    assert all(s["name"] and isinstance(s["why"], list) for s in page["suggestions"])


def test_one_post_assigns_and_a_second_changes_nothing(city: City, triage: tuple[str, str, str]) -> None:
    url, number, link = triage
    assert city.act(link, "assign", to="DLH")["department"]["code"] == "DLH"
    assert city.act(link, "assign", to="DLH")["status"] == "assigned"
    assert city.page(url)["department"] == {"code": "DLH", "name": "Dinas Lingkungan Hidup"}
    assert len(city.mails("dlh@opd.example", number)) == 1
    assert city.mail("bingung@contoh.example", number, "dikirim ke DLH")


def test_another_choice_afterwards_is_refused_with_what_is_possible(
    city: City, triage: tuple[str, str, str]
) -> None:
    city.act(triage[2], "assign", to="DLH")
    late = city.http.post(
        triage[2], data={"action": "assign", "to": "PUPR"}, headers={"Accept": "application/json"}
    )
    assert late.status_code == 409
    assert late.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"action": "assign", "to": "NASA"}, 422), ({"action": "assign"}, 422), ({"action": "dance"}, 422)],
)
def test_a_choice_that_is_none_is_named(
    city: City, triage: tuple[str, str, str], fields: dict[str, str], status: int
) -> None:
    answer = city.http.post(triage[2], data=fields, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert city.page(triage[0])["status"] == "at_desk"


def test_archiving_gives_the_citizen_a_reason_and_the_right_to_object(
    city: City, triage: tuple[str, str, str]
) -> None:
    url, number, link = triage
    assert city.act(link, "reject", reason="unclear", message="Sebutkan lokasinya.")["status"] == "rejected"
    assert city.mail("bingung@contoh.example", number, "diarsipkan")
    assert city.act(url, "dispute", message="Di depan Pasar Anyar.")["status"] == "at_desk"


def test_the_operator_answers_a_question_and_an_objection_comes_back(
    city: City, triage: tuple[str, str, str]
) -> None:
    url, number, link = triage
    assert city.refused(link, 422, "answer")["errors"][0]["field"] == "message"
    assert city.act(link, "answer", message="Nomor laporan Anda ada di halaman ini.")["status"] == "answered"
    told = city.mail("bingung@contoh.example", number, "jawaban dari Operator Laksa")
    assert "Nomor laporan Anda ada di halaman ini." in told.text
    page = city.http.get(url).text
    assert "Menurut Operator Laksa" in page and "Operator Laksa menjawab" in page
    assert city.act(url, "dispute", message="Bukan itu pertanyaan saya.")["status"] == "at_desk"
    again = city.mail("meja@laksa.example", number).link
    assert city.act(again, "answer", message="Kantor buka pukul 08.00.")["status"] == "answered"
    assert city.act(url, "confirm")["status"] == "closed"
