"""Who opened which case: an auditor reads it with `laksa case`, the log has it, and neither names the citizen."""

from __future__ import annotations

import json
from collections import Counter

from tests.journeys.city import City
from tests.journeys.offices import DESK, DISHUB, LAMP, VAGUE, given
from tests.journeys.test_erasing import laksa

WHO = {"name": "Zubaedah", "email": "zubaedah@contoh.example", "phone": "+6281234567890", "contact": "yes"}


def accesses(city: City, ticket: str) -> list[dict[str, object]]:
    found = laksa(city, "case", ticket, "--json")
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


def test_an_erasure_of_the_whole_report_takes_the_access_record(city: City) -> None:
    ticket, link = given(city, LAMP + " Nomor tiang 4.", DISHUB)
    city.act(link, "answer", message="Sudah menyala lagi.")
    city.act(ticket.url, "confirm")
    assert accesses(city, ticket.number)
    assert laksa(city, "erase", ticket.number, "--yes").returncode == 0
    city.http.get(link)
    assert accesses(city, ticket.number) == []
    assert laksa(city, "erase", ticket.number).returncode == 0
