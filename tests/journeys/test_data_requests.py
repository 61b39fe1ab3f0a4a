"""A citizen asks about their own data: by the key, on the board, within 72 hours, in every kind of case."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from tests.journeys.boards import next_board
from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, VAGUE, events, given
from tests.journeys.test_erasing import laksa

WRONG = "Nama saya tertulis salah: seharusnya Zubaedah."
SENT = "Salinannya kami kirim hari ini ke alamat pada laporan."


def waiting(city: City, link: str, ticket: Ticket) -> list[dict[str, object]]:
    """What the board has of a case."""
    return [asked for asked in city.page(link)["data_requests"] if asked["ticket"] == ticket.number]


def test_a_copy_is_asked_for_answered_and_read(city: City) -> None:
    ticket, office = given(city, LAMP, DISHUB, name="Zubaedah")
    page = city.act(ticket.url, "data", kind="copy", message=WRONG)
    (asked,) = page["data_requests"]
    until = datetime.fromisoformat(asked["until"])
    assert abs(until - city.now - timedelta(hours=72)) < timedelta(minutes=2)
    assert city.act(ticket.url, "data", kind="copy", message=WRONG) == page
    assert "dijawab paling lambat" in city.http.get(ticket.url).text
    assert city.mail(CITIZEN, ticket.number, "kami terima")
    told = city.page(office)
    assert "data_asked" not in events(told) and "Zubaedah" not in str(told)
    link = next_board(city)
    morning = city.mails("meja@laksa.example")[-1].text
    assert "1 permintaan pelapor atas datanya" in morning and "Zubaedah" not in morning
    (row,) = waiting(city, link, ticket)
    assert (row["kind"], row["message"], row["overdue"]) == (
        "copy",
        WRONG.replace("Zubaedah", "(nama pelapor)"),
        False,
    )
    done = {"request": str(row["request"]), "result": "done", "message": SENT}
    assert city.press(link, "data_done", **done).status_code == 303
    before = ticket.state()
    assert city.press(link, "data_done", **done).status_code == 303
    assert ticket.state() == before and "data_requests" not in before
    assert (before["timeline"][-1]["event"], before["timeline"][-1]["text"]) == ("data_answered", SENT)
    assert SENT in city.mail(CITIZEN, ticket.number, "dijawab").text.replace("\n> ", " ").replace("\n", " ")
    assert waiting(city, link, ticket) == []
    assert SENT not in str(city.page(office))


def test_bad_input_comes_back_with_its_words(city: City) -> None:
    ticket, _ = given(city, VAGUE, "meja@laksa.example")
    for fields in ({"kind": "x", "message": WRONG}, {"kind": "correction"}, {"message": WRONG}):
        answer = city.press(ticket.url, "data", **fields)
        assert answer.status_code == 422 and fields.get("message", "") in answer.text
    assert city.refused(ticket.url, 422, "data", kind="correction")["errors"][0]["field"] == "message"
    city.act(ticket.url, "data", kind="correction", message=WRONG)
    link = next_board(city)
    answer = city.press(link, "data_done", request=f"{ticket.number}.correction", message=SENT)
    assert answer.status_code == 422 and SENT in answer.text
    gone = city.press(link, "data_done", request=f"{ticket.number}.copy", result="done", message=SENT)
    assert gone.status_code == 422 and SENT in gone.text
    city.refused(link, 422, "data_done", request=f"{ticket.number}.correction", result="done")


def test_past_its_72_hours_it_is_an_alarm_and_an_erasure_settles_it(city: City) -> None:
    ticket, office = given(city, LAMP + " Nomor tiang 9.", DISHUB)
    city.act(office, "answer", message="Sudah menyala lagi.")
    city.act(ticket.url, "confirm")
    city.act(ticket.url, "data", kind="erasure")
    city.later(hours=73)
    link = next_board(city)
    alarms = [alarm for alarm in city.page(link)["alarms"] if alarm["kind"] == "data_request"]
    assert ticket.number in str(alarms) and "Lewat batas" in city.http.get(link).text
    city.act(link, "data_done", request=f"{ticket.number}.erasure", result="done", message="Hari ini dihapus.")
    assert [row["told"] for row in waiting(city, link, ticket)] == [True]
    assert laksa(city, "erase", ticket.number, "--yes").returncode == 0
    assert waiting(city, link, ticket) == []
    assert city.http.get(ticket.url).status_code == 410


@pytest.mark.parametrize("visibility", ["confidential", "anonymous", "public"])
def test_one_report_is_exported_by_its_number_with_what_was_asked(city: City, visibility: str) -> None:
    ticket, _ = given(city, f"{LAMP} Tiang {visibility}.", DISHUB, visibility=visibility, name="Zubaedah")
    city.act(ticket.url, "data", kind="copy")
    export = laksa(city, "export", "--subject", ticket.number)
    assert export.returncode == 0, export.stderr
    (report,) = json.loads(export.stdout)["reports"]
    assert (report["ticket"], report["data_requests"][0]["kind"]) == (ticket.number, "copy")
    assert (report["contact"]["name"] == "Zubaedah") == (visibility != "anonymous")
