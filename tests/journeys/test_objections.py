"""What a citizen hears of an objection: its receipt, whatever had become of the report, and no late deadline."""

from __future__ import annotations

from tests.journeys.city import City, Ticket
from tests.journeys.every_page import EXTORTION
from tests.journeys.offices import CITIZEN, DESK, LAMP, VAGUE, given

WORDS = "Saya tidak setuju, tolong dibaca lagi."


def objected(city: City, ticket: Ticket) -> str:
    """The receipt of the objection, which an operator reads."""
    assert city.act(ticket.url, "dispute", message=WORDS)["status"] == "at_desk"
    letter = " ".join(city.mail(CITIZEN, ticket.number, "keberatan diterima").text.split())
    assert "operator memilih siapa yang menjawab" in letter and WORDS not in letter
    return letter


def test_an_objection_to_any_end_is_received(village: City) -> None:
    parent, _ = given(village, f"{LAMP} Induk.", "dishub@opd.example")
    acts = (
        ("reject", {"reason": "unclear"}),
        ("external", {"to": "EXT-PLN"}),
        ("merge", {"into": parent.number, "message": "Sama."}),
    )
    for action, fields in acts:
        ticket, desk = given(village, f"{VAGUE} {action}", DESK)
        village.act(desk, action, **fields)
        assert "Berikutnya: Operator Laksa" in objected(village, ticket)


def test_an_objection_to_a_restricted_report_passes_no_deadline(village: City) -> None:
    ticket, link = given(village, EXTORTION, "inspektorat@opd.example")
    village.act(link, "answer", message="Sudah kami periksa.")
    assert village.act(ticket.url, "dispute", message=WORDS)["status"] == "in_progress"
    page = village.http.get(ticket.url).text
    assert "melewati batas waktu" not in page
    assert "Anda menyatakan belum selesai" in page and "Karena keberatan Anda, laporan naik ke Inspektur" in page
    village.later(days=20)
    page = village.http.get(ticket.url).text
    assert "Inspektorat melewati batas waktu. Yang diberi tahu hanya Inspektur" in page
