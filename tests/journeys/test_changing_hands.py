"""Forwarding, returning, disputing, links that no longer hold, and the link that was lost."""

from __future__ import annotations

import pytest

from tests.journeys.city import City, Ticket

TRASH = "Sampah di TPS dekat rumah kami sudah seminggu tidak diangkut, baunya sampai ke dalam rumah."


@pytest.fixture
def case(city: City) -> tuple[Ticket, str]:
    """A case with DLH, and the officer's link."""
    ticket = city.submit(TRASH, kelurahan="36.71.01.1005", email="ibu@contoh.example")
    assert ticket.state()["department"]["code"] == "DLH"
    return ticket, city.mail("dlh@opd.example", ticket.number).link


def test_a_forwarded_case_keeps_its_deadline_and_closes_the_old_link(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    deadline = ticket.state()["deadline"]
    moved = city.press(link, "forward", to="PDPASAR", message="TPS ini milik pasar.")
    assert moved.status_code == 303
    assert city.http.get(link).status_code == 410
    assert city.page(city.mail("pdpasar@opd.example", ticket.number).link)["deadline"] == deadline
    assert ticket.state()["department"]["code"] == "PDPASAR"


def test_the_same_forward_again_changes_nothing(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for _ in range(2):
        assert city.press(link, "forward", to="PUPR", message="Ini di pinggir kali.").status_code == 303
    assert len(city.mails("pupr@opd.example", ticket.number)) == 1
    assert city.press(link, "acknowledge").status_code == 410


def test_from_the_third_forward_on_an_operator_decides(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for code in ("PUPR", "PDPASAR"):
        city.act(link, "forward", to=code, message="Bukan bagian kami.")
        link = city.mail(f"{code.lower()}@opd.example", ticket.number).link
    city.act(link, "forward", to="SATPOLPP", message="Bukan bagian kami.")
    assert ticket.state()["status"] == "at_desk"


def test_not_ours_goes_to_the_operator_with_the_reason(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    assert city.act(link, "not-ours", message="Ini lahan milik provinsi.")["status"] == "at_desk"
    page = city.page(city.mail("meja@laksa.example", ticket.number).link)
    assert "lahan milik provinsi" in str(page["timeline"])
    assert page["suggestions"][0]["code"] != "DLH"


def test_a_dispute_reopens_and_goes_one_rung_up(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    city.act(link, "answer", message="Sudah diangkut.")
    assert city.act(ticket.url, "dispute", message="Masih menumpuk, baru separuh.")["status"] == "in_progress"
    assert "Masih menumpuk" in city.mail("dlh@opd.example", ticket.number, "belum selesai").text
    assert city.mail("kepala.dlh@opd.example", ticket.number, "keberatan")
    assert city.act(link, "answer", message="Sudah diangkut.")["status"] == "answered"


def test_the_head_s_link_can_answer_too(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    city.act(link, "answer", message="Sudah diangkut.")
    city.act(ticket.url, "dispute", message="Belum sama sekali.")
    head = city.mail("kepala.dlh@opd.example", ticket.number).link
    assert city.act(head, "answer", message="Saya cek sendiri, sudah bersih.")["status"] == "answered"


def test_scheduling_shows_the_day_and_is_kept(city: City, case: tuple[Ticket, str]) -> None:
    _, link = case
    refused = city.http.post(
        link, data={"action": "schedule", "date": "2020-01-01"}, headers={"Accept": "application/json"}
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "date"


def test_a_lost_link_comes_by_mail_and_the_page_never_tells(city: City, case: tuple[Ticket, str]) -> None:
    ticket, _ = case
    answers = [
        city.http.post(city.url + "/laporan", data={"ticket": number, "email": email}).text
        for number, email in [
            (ticket.number.lower(), "IBU@contoh.example"),
            (ticket.number, "lain@contoh.example"),
        ]
    ]
    assert answers[0] == answers[1]
    assert city.mail("ibu@contoh.example", ticket.number, "tautan").link == ticket.url
    assert not city.mails("lain@contoh.example")


def test_renew_mails_the_department_and_nobody_else(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for _ in range(2):
        assert city.press(link, "renew").status_code == 303
    renewed = [m for m in city.mails(about=ticket.number) if "tautan baru" in m.subject]
    assert [m.to for m in renewed] == ["dlh@opd.example"]


def test_a_link_that_is_done_tells_only_where_it_sent_the_case(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    sent = {"action": "forward", "to": "PUPR", "message": "Ini di pinggir kali."}
    assert city.act(link, **sent)["department"]["code"] == "PUPR"
    city.act(
        city.mail("pupr@opd.example", ticket.number).link, "forward", to="PERKIM", message="Ini di perumahan."
    )
    again = city.act(link, **sent)
    assert (again["department"], again["timeline"], again["message"]) == (None, [], "")


def test_a_restricted_case_is_closed_to_the_desk_once_it_has_left_it(city: City) -> None:
    ticket = city.submit(
        "Petugas kelurahan minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuatkan."
    )
    inspector = city.mail("inspektorat@opd.example", ticket.number).link
    city.act(inspector, "not-ours", message="Ini urusan ketertiban, bukan pengawasan.")
    link = city.mail("meja@laksa.example", ticket.number).link
    assert "uang 50 ribu" in city.page(link)["message"]
    assert city.act(link, "assign", to="SATPOLPP")["message"] == ""
    assert city.http.get(link).status_code == 410
