"""A citizen asks about their own data within 72 hours; an auditor reads who opened which case."""

from __future__ import annotations
import json
from collections import Counter
from datetime import datetime, timedelta

from tests.journeys.boards import next_board
from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, VAGUE, events, given

WRONG = "Nama saya tertulis salah: seharusnya Zubaedah."
SENT = "Salinannya kami kirim hari ini ke alamat pada laporan."


def waiting(city: City, link: str, ticket: Ticket) -> list[dict[str, object]]:
    """What the board has of a case."""
    return [asked for asked in city.page(link)["data_requests"] if asked["ticket"] == ticket.number]


def test_copy_and_correction_are_asked_for_answered_and_read(city: City) -> None:
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
    other, _ = given(city, VAGUE, DESK)
    for fields in ({"kind": "x", "message": WRONG}, {"kind": "correction"}, {"message": WRONG}):
        answer = city.press(other.url, "data", **fields)
        assert answer.status_code == 422 and fields.get("message", "") in answer.text
    city.act(other.url, "data", kind="correction", message=WRONG)
    link = next_board(city)
    morning = city.mails(DESK)[-1].text
    assert "2 permintaan pelapor atas datanya" in morning and "Zubaedah" not in morning
    (row,) = waiting(city, link, ticket)
    hidden = WRONG.replace("Zubaedah", "(nama pelapor)")
    assert (row["kind"], row["message"], row["overdue"]) == ("copy", hidden, False)
    for wrong in ({"request": f"{other.number}.correction"}, {"request": f"{other.number}.copy", "result": "done"}):
        answer = city.press(link, "data_done", message=SENT, **wrong)
        assert answer.status_code == 422 and SENT in answer.text
    done = {"request": str(row["request"]), "result": "done", "message": SENT}
    assert city.press(link, "data_done", **done).status_code == 303
    before = ticket.state()
    assert city.press(link, "data_done", **done).status_code == 303
    assert ticket.state() == before and "data_requests" not in before
    assert (before["timeline"][-1]["event"], before["timeline"][-1]["text"]) == ("data_answered", SENT)
    assert SENT in city.mail(CITIZEN, ticket.number, "dijawab").text.replace("\n> ", " ").replace("\n", " ")
    assert waiting(city, link, ticket) == [] and SENT not in str(city.page(office))


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
    before, erased, after = city.commands(*_erased(ticket.number))
    assert json.loads(before.stdout)["accesses"] and erased.returncode == 0
    assert json.loads(after.stdout)["accesses"] == []
    assert waiting(city, link, ticket) == []
    assert city.http.get(ticket.url).status_code == 410
    city.http.get(office)
    assert accesses(city, ticket.number) == []


def _erased(number: str) -> list[tuple[str, ...]]:
    look = ("case", number, "--json")
    return [look, ("erase", number, "--yes"), look]


def test_one_report_is_exported_by_its_number_with_what_was_asked(city: City) -> None:
    made = {
        name: given(city, f"{LAMP} Tiang {name}.", DISHUB, visibility=name, name="Zubaedah")[0]
        for name in ("confidential", "anonymous", "public")
    }
    for ticket in made.values():
        city.act(ticket.url, "data", kind="copy")
    exports = city.commands(*(("export", "--subject", ticket.number) for ticket in made.values()))
    for (visibility, ticket), export in zip(made.items(), exports, strict=True):
        (report,) = json.loads(export.stdout)["reports"]
        assert (report["ticket"], report["data_requests"][0]["kind"]) == (ticket.number, "copy")
        assert (report["contact"]["name"] == "Zubaedah") == (visibility != "anonymous")


WHO = {"name": "Zubaedah", "email": "zubaedah@contoh.example", "phone": "+6281234567890", "contact": "yes"}


def accesses(city: City, ticket: str) -> list[dict[str, object]]:
    found = city.laksa("case", ticket, "--json")
    assert found.returncode == 0, found.stderr
    return list(json.loads(found.stdout)["accesses"])


def test_an_office_that_opens_acts_and_reads_the_contact_is_on_record(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB, **WHO)
    before = ticket.state()
    for _ in range(3):
        assert city.http.get(link).status_code == 200
    assert ticket.state() == before
    city.act(link, "contact", reason="Mencari rumahnya.", officer="Bu Rani")
    city.http.get(link)
    noted = accesses(city, ticket.number)
    assert Counter(line["act"] for line in noted) == {"opened": 1, "contact": 1, "contact_read": 1}
    assert {(line["role"], line["office"]) for line in noted} == {("department", "DISHUB")}
    city.later(hours=2)
    city.http.get(link)
    assert Counter(line["act"] for line in accesses(city, ticket.number)) == {
        "opened": 2,
        "contact": 1,
        "contact_read": 2,
    }


def test_the_desk_is_on_record_and_the_log_holds_nobody(city: City) -> None:
    ticket, link = given(city, VAGUE, DESK, **WHO)
    city.http.get(link)
    city.act(link, "assign", to="DLH")
    noted = accesses(city, ticket.number)
    assert {(line["role"], line["office"], line["act"]) for line in noted} == {
        ("desk", "DESK", "opened"),
        ("desk", "DESK", "assign"),
    }
    log = (city.data / "host.log").read_text()
    lines = [json.loads(line) for line in log.splitlines() if ticket.number in line and "case read" in line]
    assert len(lines) == 2
    token = link.rsplit("/", 1)[1]
    assert [word for word in (token, "Zubaedah", "zubaedah", "81234567890", "Rani") if word in log] == []
