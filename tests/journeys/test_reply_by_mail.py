"""Officers and citizens answer by plain mail, servers send letters back, and machines are left alone."""

from __future__ import annotations

import pytest
import requests

from tests.inbound.samples import raw_bounce, reply
from tests.journeys.city import City, Mail, Ticket
from tests.journeys.conftest import INBOUND
from tests.journeys.offices import DISHUB, LAMP, given

SECRET = INBOUND
WORDS = "Lampu sudah kami ganti pagi ini, pukul 09.00."


@pytest.fixture
def ticket(town: City) -> Ticket:
    """A report that a department has."""
    return given(town, LAMP, DISHUB, email="pelapor@contoh.example")[0]


def hand_in(town: City, raw: bytes, secret: str = SECRET) -> requests.Response:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "message/rfc822"}
    return town.http.post(f"{town.url}/surat-masuk", data=raw, headers=headers)


def answer_to(letter: Mail, words: str, number: int = 1, **headers: str) -> bytes:
    """What a mail program sends when somebody answers that letter."""
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    above = "Pada Kam, 26 Nov 2026 pukul 10.12 Laksa Kota Tangerang <laksa@laksa.example> menulis:"
    text = f"{words}\n\n{above}\n\n{quoted}\n"
    id = letter.message_id.strip("<>").replace("@", f".{number}@mail.")
    return reply(text, letter.headers["reply-to"], Message_ID=f"<re.{id}>", **headers).as_bytes()


def test_an_officer_answers_by_mail_and_sends_it_with_one_click(town: City, ticket: Ticket) -> None:
    letter = town.mail(DISHUB, ticket.number)
    assert hand_in(town, answer_to(letter, WORDS)).status_code == 202
    told = town.mail(DISHUB, ticket.number, "mohon setujui")
    assert ticket.state()["status"] == "assigned"
    assert WORDS not in town.http.get(ticket.url).text
    page = town.http.get(told.link).text
    assert WORDS in page
    assert letter.link not in page
    assert town.act(told.link, "answer", outcome="done", message=WORDS)["status"] == "answered"
    assert WORDS in town.mail("pelapor@contoh.example", ticket.number).text


def test_a_second_reply_replaces_the_draft_and_shows_the_words_of_both(town: City, ticket: Ticket) -> None:
    letter = town.mail(DISHUB, ticket.number)
    for number, words in enumerate((WORDS, "Maaf, baru besok kami ganti.")):
        assert hand_in(town, answer_to(letter, words, number)).status_code == 202
        town.idle()
    told = town.mail(DISHUB, ticket.number, "mohon setujui")
    assert "Konsep ini menggantikan konsep dari balasan email" in told.text
    assert WORDS in told.text and "Maaf, baru besok kami ganti." in told.text
    page = town.http.get(told.link).text
    assert "Maaf, baru besok kami ganti.</textarea>" in page and WORDS in page
    assert f"{WORDS}</textarea>" in town.http.get(f"{told.link}?konsep=sebelumnya").text
    assert town.act(told.link, "answer", message="Sudah menyala.")["status"] == "answered"
    citizen = town.http.get(ticket.url).text + str(ticket.state())
    assert WORDS not in citizen and "baru besok" not in citizen


def test_a_citizen_adds_by_mail(town: City, ticket: Ticket) -> None:
    receipt = town.mail("pelapor@contoh.example", ticket.number)
    assert hand_in(town, answer_to(receipt, "Tiangnya nomor 14, di depan masjid.")).status_code == 202
    added = ticket.state()["timeline"][-1]
    assert (added["event"], added["by"], added["text"]) == ("added", "citizen", "Tiangnya nomor 14, di depan masjid.")


def test_a_machine_is_never_answered(town: City, ticket: Ticket) -> None:
    letter = town.mail(DISHUB, ticket.number)
    before, timeline = len(town.mails(about=ticket.number)), ticket.state()["timeline"]
    for number, header in enumerate(({"Auto_Submitted": "auto-replied"}, {"Subject": "Balasan otomatis: cuti"})):
        assert hand_in(town, answer_to(letter, "Saya cuti.", number, **header)).status_code == 202
    assert hand_in(town, (town.data / "mail").glob("*.eml").__next__().read_bytes()).status_code == 202
    town.idle()
    assert (len(town.mails(about=ticket.number)), ticket.state()["timeline"]) == (before, timeline)


def test_a_letter_that_comes_back_is_told_to_the_desk(town: City, ticket: Ticket) -> None:
    letter = town.mail(DISHUB, ticket.number)
    delayed = raw_bounce("postfix-delayed.eml", letter.headers["return-path"].strip("<>"))
    assert hand_in(town, delayed.replace(b"4Rz1Qk3Aa1", ticket.number.encode() + b"d")).status_code == 202
    town.idle()
    assert not [m for m in town.mails("meja@laksa.example", ticket.number) if "tidak sampai" in m.subject]
    bounce = raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>"))
    assert hand_in(town, bounce.replace(b"4Rz1Qk3Aa1", ticket.number.encode())).status_code == 202
    assert "tidak sampai" in town.mail("meja@laksa.example", ticket.number).subject
    assert ticket.state()["timeline"][-1]["event"] == "mail_failed"


def test_a_stranger_hands_in_nothing(town: City, ticket: Ticket) -> None:
    letter = town.mail(DISHUB, ticket.number)
    assert hand_in(town, answer_to(letter, WORDS), "salah").status_code == 401
    assert town.http.get(f"{town.url}/surat-masuk").status_code == 405
