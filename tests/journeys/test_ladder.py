"""Nobody acts: the case climbs, one rung at a time, each rung once, and the citizen sees it coming."""

from __future__ import annotations

import pytest

from tests.journeys.city import City, Ticket

LAMP = "Lampu jalan di Jl. Kenanga Raya mati sudah tiga malam, gelap sekali dan rawan begal."


@pytest.fixture(scope="module")
def neglected(city: City) -> Ticket:
    """A lamp that nobody answers until it is on the mayor's table."""
    ticket = city.submit(LAMP, kelurahan="Cikokol, Tangerang", email="pelapor@contoh.example")
    ticket.state()
    for _ in range(20):
        city.later(days=2)
        if city.mails("walikota@opd.example", ticket.number):
            break
    return ticket


def _subjects(city: City, ticket: Ticket, to: str) -> list[str]:
    """Of the letters about this case alone; a digest names many."""
    return [mail.subject for mail in city.mails(to, ticket.number) if ticket.number in mail.subject]


def test_the_department_is_told_reminded_and_told_again(city: City, neglected: Ticket) -> None:
    subjects = _subjects(city, neglected, "dishub@opd.example")
    kinds = ["masih terbuka", "lewat batas waktu", "diketahui"]
    found = [next((k for k in kinds if k in subject), "new") for subject in subjects if "kepala." not in subject]
    assert found == ["new", *kinds]


def test_each_above_hears_once_and_the_citizen_of_each_step_after_the_deadline(city: City, neglected: Ticket) -> None:
    assert len(_subjects(city, neglected, "kepala.dishub@opd.example")) == 1
    for person in ("sekda@opd.example", "walikota@opd.example"):  # one table a working day
        days = [mail.headers["date"][:16] for mail in city.mails(person, neglected.number)]
        assert days and len(days) == len(set(days))
    subjects = _subjects(city, neglected, "pelapor@contoh.example")
    assert len(subjects) == len(set(subjects)) == 5  # receipt, late, head, Sekda, mayor


def test_each_rung_stands_once_in_the_timeline_in_order(city: City, neglected: Ticket) -> None:
    page = neglected.state()
    rungs = [entry for entry in page["timeline"] if entry["event"] == "rung"]
    moments = [entry["at"] for entry in rungs]
    assert len(rungs) == 5
    assert moments == sorted(moments) or moments == sorted(moments, reverse=True)
    assert page["department"]["code"] == "DISHUB"


def test_sweeping_again_says_nothing_new(city: City, neglected: Ticket) -> None:
    before = _subjects(city, neglected, "dishub@opd.example")
    city.later(hours=2)
    assert _subjects(city, neglected, "dishub@opd.example") == before
