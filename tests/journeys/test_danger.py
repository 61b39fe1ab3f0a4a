"""Danger: the desk phones, is reminded until somebody has it, and the ladder is climbed by the hour."""

from __future__ import annotations
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.journeys.city import City, Mail, Ticket
from tests.journeys.offices import CITIZEN, DESK, VAGUE, events, given

FIRE = "Ada kebakaran di belakang Pasar Malabar, api sudah besar dan merambat ke rumah warga. Tolong segera!"


@pytest.fixture
def fire(city: City) -> tuple[Ticket, str]:
    """A fire, and the link in the desk's mail."""
    return given(city, FIRE, DESK)


def reminders(city: City, ticket: Ticket) -> list[Mail]:
    return [mail for mail in city.mails(DESK, ticket.number) if "belum ada yang menerima" in mail.subject]


def office_of(city: City, ticket: Ticket) -> str:
    """The mailbox of the department that has it."""
    return f"{ticket.state()['department']['code'].lower()}@opd.example"


def test_a_department_that_accepts_nothing_is_named_to_the_desk(city: City) -> None:
    ticket, desk = given(city, VAGUE, DESK)
    assert "called" not in city.act(desk, "assign", to="DISHUB")["actions"]
    link = city.mail("dishub@opd.example", ticket.number).link
    given_at = city.now
    while "unaccepted" not in events(ticket.state()):
        city.later(days=1)
        assert city.now - given_at < timedelta(days=20)
    assert city.now - given_at >= timedelta(days=2)
    assert "Dishub belum menerima laporan sampai batas waktu terimanya" in city.http.get(link).text
    city.later(days=4)
    told = [mail for mail in city.mails(DESK) if "hal untuk meja operator" in mail.subject]
    assert "batas terimanya lewat" in told[-1].text
    assert "Dishub" in told[-1].text
    assert "Mungkin emailnya tidak dibaca." in city.http.get(desk).text
    assert events(city.act(desk, "called", message="Kantor pindah alamat email."))[-1] == "called"


def test_it_climbs_by_the_hour_on_whatever_day(city: City, fire: tuple[Ticket, str]) -> None:
    ticket, _ = fire
    page = ticket.state()
    code, deadline = page["department"]["code"].lower(), datetime.fromisoformat(page["deadline"])
    begun = datetime.fromisoformat(page["timeline"][1]["at"])
    half = begun + (deadline - begun) / 2
    for at, to, words in [
        (half, f"{code}@opd.example", "masih terbuka"),
        (deadline, f"{code}@opd.example", "lewat batas waktu"),
        (deadline + timedelta(hours=1), f"kepala.{code}@opd.example", ""),
    ]:
        city.clock((at - timedelta(minutes=6)).isoformat())
        assert not [mail for mail in city.mails(to, ticket.number) if words in mail.subject]
        city.clock((at + timedelta(minutes=6)).isoformat())
        assert [mail for mail in city.mails(to, ticket.number) if words in mail.subject]
    assert len(city.mails(CITIZEN, ticket.number)) == 3  # receipt, late, head


def test_desk_and_department_are_told_at_once_and_the_citizen_of_112(city: City, fire: tuple[Ticket, str]) -> None:
    ticket, _ = fire
    told = {mail.to: mail for mail in city.mails(about=ticket.number)}
    assert set(told) == {DESK, office_of(city, ticket), CITIZEN}
    assert "mendesak, telepon sekarang" in told[DESK].subject
    assert "mendesak" in told[office_of(city, ticket)].subject
    sent = [parsedate_to_datetime(mail.headers["date"]) for mail in told.values()]
    assert max(sent) - min(sent) < timedelta(minutes=1)
    assert "telepon 112" in city.http.get(ticket.url).text


def test_deadlines_are_counted_in_hours(city: City, fire: tuple[Ticket, str]) -> None:
    page = fire[0].state()
    begun = datetime.fromisoformat(page["timeline"][1]["at"])
    assert datetime.fromisoformat(page["deadline"]) - begun <= timedelta(hours=24)


def test_the_desk_is_reminded_until_it_has_phoned(city: City, fire: tuple[Ticket, str]) -> None:
    ticket, link = fire
    assert city.page(link)["actions"][0] == "called"
    city.later(minutes=36)
    assert len(reminders(city, ticket)) == 1
    city.later(minutes=66)
    (_, second) = reminders(city, ticket)
    assert "Ini pengingat ke-2" in second.text
    page = city.act(second.link, "called", message="Pak Joko mengangkat, regu berangkat.")
    assert "called" not in page["actions"]
    city.later(hours=9)
    assert len(reminders(city, ticket)) == 2
    officer = city.mail(office_of(city, ticket), ticket.number).link
    assert "Pak Joko mengangkat, regu berangkat." in city.http.get(officer).text
    assert "Joko" not in city.http.get(ticket.url).text + str(ticket.state())
    assert "called" in events(ticket.state())


def test_nobody_is_reminded_once_the_department_has_it(city: City, fire: tuple[Ticket, str]) -> None:
    ticket, link = fire
    officer = city.mail(office_of(city, ticket), ticket.number).link
    city.act(officer, "acknowledge", officer="Regu 2")
    city.later(hours=3)
    assert not reminders(city, ticket)
    assert "called" not in city.page(link)["actions"]
    assert city.refused(link, 409, "called", message="Terlambat menelepon.")


def test_a_question_stops_a_dangerous_clock_for_hours_only(city: City, fire: tuple[Ticket, str]) -> None:
    ticket, _ = fire
    officer = city.mail(office_of(city, ticket), ticket.number).link
    asked = city.act(officer, "ask", message="Dari gang mana api terlihat?")
    stands = datetime.fromisoformat(asked["next"]["until"]) - datetime.fromisoformat(asked["timeline"][-1]["at"])
    assert stands == timedelta(hours=12)
