"""The desk: unsure letters, reports against itself, its network; one POST sends on."""

from __future__ import annotations
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inbound.samples import raw_bounce
from tests.journeys.boards import next_board
from tests.journeys.city import ROOT, City, Ticket
from tests.journeys.conftest import INBOUND, STACKS, running
from tests.journeys.offices import CITIZEN, DESK, VAGUE, events, given


@pytest.fixture
def triage(city: City) -> tuple[Ticket, str]:
    """A report that nobody can place, and the link in the operator's mail."""
    return given(city, VAGUE, DESK)


def test_one_post_sends_on_to_one_of_three_and_a_second_changes_nothing(city: City, triage: tuple[Ticket, str]) -> None:
    ticket, link = triage
    page = city.page(link)
    assert page["status"] == "at_desk" and len(page["suggestions"]) >= 3
    assert all(s["name"] and isinstance(s["why"], list) for s in page["suggestions"])
    for fields in ({"action": "assign", "to": "NASA"}, {"action": "assign"}, {"action": "dance"}):
        assert city.refused(link, 422, **fields)["errors"]
    assert city.act(link, "assign", to="DLH")["department"]["code"] == "DLH"
    assert city.act(link, "assign", to="DLH")["status"] == "assigned"
    assert ticket.state()["department"] == {"code": "DLH", "name": "Dinas Lingkungan Hidup"}
    assert len(city.mails("dlh@opd.example", ticket.number)) == 1
    assert city.mail(CITIZEN, ticket.number, "dikirim ke DLH")
    city.refused(link, 409, "assign", to="PUPR")


def test_the_operator_archives_and_answers_and_objections_come_back(city: City, triage: tuple[Ticket, str]) -> None:
    ticket, link = triage
    assert city.act(link, "reject", reason="unclear", message="Sebutkan lokasinya.")["status"] == "rejected"
    assert city.mail(CITIZEN, ticket.number, "diarsipkan")
    assert city.act(ticket.url, "dispute", message="Di depan Pasar Anyar.")["status"] == "at_desk"
    link = city.mail(DESK, ticket.number).link
    assert city.refused(link, 422, "answer")["errors"][0]["field"] == "message"
    assert city.act(link, "answer", message="Nomor laporan Anda ada di halaman ini.")["status"] == "answered"
    told = city.mail(CITIZEN, ticket.number, "jawaban dari Operator Laksa")
    assert "Nomor laporan Anda ada di halaman ini." in told.text
    page = city.http.get(ticket.url).text
    assert "Menurut Operator Laksa" in page and "Operator Laksa menjawab" in page
    assert city.act(ticket.url, "dispute", message="Bukan itu pertanyaan saya.")["status"] == "at_desk"
    again = city.mail(DESK, ticket.number).link
    assert city.act(again, "answer", message="Kantor buka pukul 08.00.")["status"] == "answered"
    assert city.act(ticket.url, "confirm")["status"] == "closed"


OWN = "Operator Laksa minta uang 200 ribu supaya laporan saya diproses."
WORDS = "Bukan tugas kami, silakan operator memilih OPD lain."
INSPECTORATE = "inspektorat@opd.example"


@pytest.fixture(scope="module", params=STACKS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A mail provider hands on what comes back; the desk works from the office, or at this machine."""
    env = {"LAKSA_INBOUND_SECRET": INBOUND, "LAKSA_DESK_ALLOW": "10.20.0.0/16,127.0.0.1"}
    yield from running(request, tmp_path_factory.mktemp(f"desk-{request.param}"), env)


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


def test_a_report_against_the_desk_never_reaches_it_however_passed_round(city: City, case: tuple[Ticket, str]) -> None:
    ticket, link = case
    (error,) = city.refused(link, 422, "not-ours", message=WORDS)["errors"]
    assert error["field"] == "message" and "tidak boleh dibaca operator" in json.dumps(error)
    page = city.press(link, "not-ours", message=WORDS)
    assert page.status_code == 422 and WORDS in page.text and "meja operator" in page.text
    for office in ("BKPSDM", "KESBANGPOL"):
        link = forwarded(city, ticket, link, office)
    for action in ("forward", "not-ours"):
        (error,) = city.refused(link, 422, action, to="BKPSDM", message=WORDS)["errors"]
        assert "Alihkan ke Inspektorat" in json.dumps(error)
    link = forwarded(city, ticket, link, "INSPEKTORAT")
    city.refused(link, 422, "forward", to="BKPSDM", message=WORDS)
    for said in ("Pertama", "Kedua", "Ketiga"):
        city.act(link, "answer", outcome="not_done", message=f"{said}: tidak terbukti.")
        assert city.act(ticket.url, "dispute", message=f"{said}: belum benar.")["status"] == "in_progress"
    assert ticket.state()["department"]["code"] == "INSPEKTORAT" and untold(city, ticket)


def test_its_letter_that_comes_back_tells_the_desk_nothing(city: City, case: tuple[Ticket, str]) -> None:
    ticket, _ = case
    for reader in (CITIZEN, INSPECTORATE):
        letter = city.mail(reader, ticket.number)
        bounce = raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>"))
        headers = {"Authorization": f"Bearer {INBOUND}", "Content-Type": "message/rfc822"}
        told = bounce.replace(b"4Rz1Qk3Aa1", reader[:4].encode() + ticket.number.encode())
        assert city.http.post(f"{city.url}/surat-masuk", data=told, headers=headers).status_code == 202
    city.idle()
    assert "mail_failed" in events(ticket.state())
    board = next_board(city)
    assert ticket.number not in city.http.get(board).text + json.dumps(city.page(board))
    assert untold(city, ticket)


OFFICE, HOME = {"X-Forwarded-For": "10.20.3.4"}, {"X-Forwarded-For": "198.51.100.7"}


def test_desk_links_open_at_the_office_and_say_elsewhere_what_to_do(city: City) -> None:
    ticket, link = given(city, VAGUE, DESK)
    board = next_board(city)
    for url in (link, board, f"{board}/baru", f"{board}/tabel", f"{board}/rekap.csv", f"{link}/foto/1"):
        away = city.http.get(url, headers=HOME)
        assert away.status_code == 403 and "jaringan kantor" in away.text
        assert city.http.get(url, headers=OFFICE).status_code != 403
    refused = city.http.post(link, {"action": "assign", "to": "DLH"}, headers=HOME | {"Accept": "application/json"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    assert ticket.state()["status"] == "at_desk"
    assert city.http.get(link.rsplit("/", 1)[0] + "/x", headers=HOME).text == city.http.get(link, headers=HOME).text
    assert city.http.get(link).status_code == 200
    assert city.http.get(ticket.url, headers=HOME).status_code == 200


def test_a_wrong_network_stops_the_start(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "LAKSA_DATA": str(tmp_path), "LAKSA_DESK_ALLOW": "10.20.0.0/40"}
    command = [sys.executable, "-m", "infra.embedded.host"]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert "LAKSA_DESK_ALLOW: '10.20.0.0/40' is no network" in ended.stderr and "Traceback" not in ended.stderr
