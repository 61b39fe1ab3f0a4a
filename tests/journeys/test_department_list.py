"""A department's morning: the digest brings the list, the list every case, and a case is answered from there."""

from __future__ import annotations
from datetime import datetime

import pytest

from tests.journeys.city import City, Mail, Ticket
from workflows.domain.deadlines.calendar import WIB

LAMP = "Lampu jalan di depan rumah kami mati, sudah {n} malam gelap sekali dan rawan begal."
DISHUB = "dishub@opd.example"


def digests(city: City) -> list[Mail]:
    return [mail for mail in city.mails(DISHUB) if mail.subject.startswith("Laksa ")]


@pytest.fixture(scope="module")
def lamps(city: City) -> list[Ticket]:
    """Two lamps that are out, and the days until the department's first digest."""
    city.later(minutes=1)  # after the start has made up for this morning's digest
    tickets = [city.submit(LAMP.format(n=n), email=f"warga{n}@contoh.example") for n in ("dua", "tiga")]
    for _ in range(14):
        if digests(city):
            break
        city.later(days=1)
    return tickets


@pytest.fixture(scope="module")
def link(city: City, lamps: list[Ticket]) -> str:
    return digests(city)[-1].link


def test_the_digest_is_one_mail_that_says_what_there_is(city: City, lamps: list[Ticket]) -> None:
    days = [mail.headers["date"][:16] for mail in digests(city)]
    assert days and len(days) == len(set(days))
    (first, *_) = digests(city)
    assert "2 baru" in first.subject
    assert all(ticket.number in first.text for ticket in lamps)
    assert first.headers["date"].split()[4].startswith("00:0")  # seven o'clock in Tangerang


def test_the_list_holds_every_case_with_its_own_link(city: City, lamps: list[Ticket], link: str) -> None:
    page = city.page(link)
    assert page["department"] == {"code": "DISHUB", "name": "Dinas Perhubungan"}
    assert {case["ticket"] for case in page["cases"]} == {ticket.number for ticket in lamps}
    deadlines = [datetime.fromisoformat(case["deadline"]) for case in page["cases"]]
    assert deadlines == sorted(deadlines)
    assert all(city.page(case["url"])["ticket"] == case["ticket"] for case in page["cases"])


def test_a_case_accepted_and_answered_from_the_list_leaves_it(city: City, lamps: list[Ticket], link: str) -> None:
    before = [ticket.state() for ticket in lamps]
    for method, status in (("GET", 200), ("HEAD", 200), ("POST", 405)):
        assert city.http.request(method, link).status_code == status
    assert [ticket.state() for ticket in lamps] == before, "opening it often changes nothing"
    case = city.page(link)["cases"][0]
    city.act(case["url"], "acknowledge", officer="Pak A.")
    assert "diterima oleh Pak A., " in city.http.get(link).text
    city.act(case["url"], "answer", message="Lampunya sudah kami ganti pagi ini.", officer="Pak A.")
    (answered,) = [ticket for ticket in lamps if ticket.number == case["ticket"]]
    assert answered.state()["status"] == "answered"
    assert case["ticket"] not in {left["ticket"] for left in city.page(link)["cases"]}
    assert city.page(f"{link}?kelurahan=-")["cases"] and not city.page(f"{link}?kelurahan=36.71.01.1007")["cases"]


def test_a_case_s_link_opens_no_list_and_a_list_s_no_case(city: City, link: str) -> None:
    case = city.page(link)["cases"][0]["url"]
    assert city.http.get(case.replace("/opd/", "/kasus/")).status_code == 403
    assert city.http.get(link.replace("/kasus/", "/opd/")).status_code == 403


def test_a_link_of_yesterday_is_over_and_the_next_digest_brings_another(city: City, link: str) -> None:
    known = {mail.link for mail in digests(city)}
    for _ in range(14):  # the longest stretch of free days, and one more
        city.later(days=1)
        if newer := [mail.link for mail in digests(city) if mail.link not in known]:
            break
    city.later(hours=5)  # past noon: until then both open
    answer = city.http.get(link)
    assert answer.status_code == 410
    assert "Yang baru ada di email pagi, yang hanya datang bila ada laporan baru" in answer.text
    assert city.page(newer[-1])["cases"]
    while city.now.astimezone(WIB).weekday() != 1:  # on free days there is none
        city.later(days=1)
    days = [datetime.strptime(mail.headers["date"][:16], "%a, %d %b %Y") for mail in digests(city)]
    assert len(days) >= 3 and all(day.weekday() < 5 for day in days)
