"""A report that accuses those who run the desk: nobody's act, and no letter that is lost, brings it to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inbound.samples import raw_bounce
from tests.journeys.boards import next_board
from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DESK, events, given

SECRET = "rahasia antara kota dan penyedia email"
OWN = "Operator Laksa minta uang 200 ribu supaya laporan saya diproses."
WORDS = "Bukan tugas kami, silakan operator memilih OPD lain."
INSPECTORATE = "inspektorat@opd.example"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Laksa with a mail provider that hands on what comes back; both stores decide alike."""
    folder: Path = tmp_path_factory.mktemp("own-desk")
    running = City(folder, env={"LAKSA_INBOUND_SECRET": SECRET}).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def case(city: City) -> tuple[Ticket, str]:
    """The report and the Inspektorat's link; whatever was done to it, the desk has not heard of it."""
    ticket, link = given(city, OWN, INSPECTORATE)
    assert ticket.state()["department"]["code"] == "INSPEKTORAT"
    return ticket, link


def untold(city: City, ticket: Ticket) -> bool:
    """The desk has no letter that names the report, and the report is no operator's."""
    return not city.mails(DESK, ticket.number) and ticket.state()["status"] not in ("at_desk", "received")


def forwarded(city: City, ticket: Ticket, link: str, to: str) -> str:
    """The link of the office that has it next."""
    city.act(link, "forward", to=to, message="Kami alihkan.")
    return city.mail(f"{to.lower()}@opd.example", ticket.number).link


def test_who_hears_of_it_keeps_it_and_reads_why(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    (error,) = city.refused(link, 422, "not-ours", message=WORDS)["errors"]
    assert error["field"] == "message" and "tidak boleh dibaca operator" in json.dumps(error)
    page = city.press(link, "not-ours", message=WORDS)
    assert page.status_code == 422 and WORDS in page.text and "meja operator" in page.text
    assert untold(city, ticket)
    assert city.act(link, "answer", outcome="not_done", message="Tidak cukup bukti.")["status"] == "answered"


def test_passed_round_it_goes_back_to_the_inspectorate_alone(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for office in ("BKPSDM", "KESBANGPOL"):
        link = forwarded(city, ticket, link, office)
    (error,) = city.refused(link, 422, "forward", to="BKPSDM", message=WORDS)["errors"]
    assert error["field"] == "to" and "Alihkan ke Inspektorat" in json.dumps(error)
    (error,) = city.refused(link, 422, "not-ours", message=WORDS)["errors"]
    assert "Alihkan ke Inspektorat" in json.dumps(error)
    link = forwarded(city, ticket, link, "INSPEKTORAT")
    assert ticket.state()["department"]["code"] == "INSPEKTORAT" and untold(city, ticket)
    city.refused(link, 422, "forward", to="BKPSDM", message=WORDS)


def test_objections_never_reach_the_desk(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    for said in ("Pertama", "Kedua", "Ketiga"):
        city.act(link, "answer", message=f"{said}: tidak terbukti.")
        assert city.act(ticket.url, "dispute", message=f"{said}: belum benar.")["status"] == "in_progress"
    assert untold(city, ticket)


def test_a_letter_that_comes_back_tells_the_desk_nothing(city: City, case: tuple[Ticket, str]) -> None:
    ticket, _ = case
    for reader in (CITIZEN, INSPECTORATE):
        letter = city.mail(reader, ticket.number)
        bounce = raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>"))
        headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "message/rfc822"}
        told = bounce.replace(b"4Rz1Qk3Aa1", reader[:4].encode() + ticket.number.encode())
        assert city.http.post(f"{city.url}/surat-masuk", data=told, headers=headers).status_code == 202
    city.idle()
    assert "mail_failed" in events(ticket.state())
    board = next_board(city)
    assert ticket.number not in city.http.get(board).text
    assert ticket.number not in json.dumps(city.page(board))
    assert untold(city, ticket)
