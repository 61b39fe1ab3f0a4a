"""A department hands a case on to its unit; the unit prepares, the department sends."""

from __future__ import annotations

import pytest

from tests.journeys.city import City, Ticket, hidden
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, given
from tests.pictures.given import phone_photo

UNIT = "dishub-pju@opd.example"
WORDS = "Fitting lampu di tiang 14 sudah kami ganti pukul 10.15."


@pytest.fixture
def handed_on(town: City) -> tuple[Ticket, str, str]:
    """The citizen's page, the department's link, the unit's link."""
    ticket, link = given(town, LAMP, DISHUB)
    page = town.act(link, "delegate", to="DISHUB-PJU", message="Tolong dicek sore ini.", officer="Bu Rani")
    assert (page["status"], page["department"]["code"]) == ("in_progress", "DISHUB")
    letter = town.mail(UNIT, ticket.number)
    assert "Tolong dicek sore ini." in letter.text
    return ticket, link, letter.link


def test_a_unit_drafts_and_the_department_sends_it_with_one_post(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    ticket, link, unit = handed_on
    assert town.page(unit)["actions"] == ["answer", "progress", "renew"]
    drafted = town.act(unit, "answer", phone_photo(7), message=WORDS, officer="Pak Udin")
    assert drafted["status"] == "in_progress"
    assert not [mail for mail in town.mails(CITIZEN, ticket.number) if WORDS in mail.text]
    assert "tiang 14" not in town.http.get(ticket.url).text
    assert town.http.get(f"{ticket.url}/foto/1").status_code == 404
    ready = town.mail(DISHUB, ticket.number, "konsep jawaban dari UPT PJU")
    assert WORDS in ready.text
    assert WORDS in town.http.get(ready.link).text
    seen = hidden(town.http.get(ready.link).text, "draft")
    sent = town.act(ready.link, "answer", message=WORDS, draft=seen, draft_photos="yes")
    assert sent["status"] == "answered"
    assert WORDS in town.mail(CITIZEN, ticket.number, "jawaban").text
    assert town.http.get(f"{ticket.url}/foto/1").status_code == 200
    assert town.refused(link, 409, "answer", message="Terlambat.")["possible"]


def test_a_draft_that_was_replaced_before_it_was_sent_is_read_first(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", phone_photo(7), message=WORDS, officer="Pak Udin")
    seen = hidden(town.http.get(link).text, "draft")
    town.act(unit, "answer", phone_photo(8), message="Maaf, tiang 15.", officer="Pak Udin")
    sent = {"message": "Lampu sudah menyala.", "draft": seen, "draft_photos": "yes"}
    page = town.press(link, "answer", **sent)
    assert page.status_code == 409
    for words in ("Ada konsep jawaban yang baru", "Maaf, tiang 15.", "Lampu sudah menyala.", "/foto/2?kecil=1"):
        assert words in page.text
    assert not [mail for mail in town.mails(CITIZEN, ticket.number) if "jawaban" in mail.subject]
    newer = town.refused(link, 409, "answer", **sent)["draft"]
    assert (newer["message"], newer["photos"]) == ("Maaf, tiang 15.", [2])
    assert newer["draft"] == hidden(page.text, "draft") != seen
    assert town.act(link, "answer", **sent | {"draft": newer["draft"]})["status"] == "answered"
    assert [town.http.get(f"{ticket.url}/foto/{n}").status_code for n in (1, 2)] == [404, 200]


def test_the_words_of_a_draft_that_was_replaced_stay_with_the_offices(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", message=WORDS)
    town.idle()
    town.act(unit, "answer", message="Maaf, tiang 15.")
    ready = town.mail(DISHUB, ticket.number, "konsep jawaban dari UPT PJU")
    assert "Konsep ini menggantikan konsep dari UPT PJU" in ready.text
    assert "Maaf, tiang 15." in ready.text and WORDS in ready.text
    for page in (link, unit):
        assert WORDS in town.http.get(page).text
        assert f"{WORDS}</textarea>" in town.http.get(f"{page}?konsep=sebelumnya").text
    town.act(link, "answer", message="Sudah menyala.")
    citizen = town.http.get(ticket.url).text + str(ticket.state())
    assert "tiang 1" not in citizen and "Sudah menyala." in citizen


def test_news_from_a_unit_reaches_the_citizen_in_its_name(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, _, unit = handed_on
    town.act(unit, "progress", message="Kami berangkat pukul 14.00.")
    news = town.mail(CITIZEN, ticket.number, "kabar dari")
    assert "UPT" in news.text and "Kami berangkat pukul 14.00." in news.text


def test_what_is_said_inside_the_department_stays_there(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    town.act(unit, "answer", message=WORDS)
    for page in (link, unit):
        assert "Tolong dicek sore ini." in town.http.get(page).text
    citizen = town.http.get(ticket.url).text + str(ticket.state())
    assert not [words for words in ("Tolong dicek", WORDS, "Udin", "Rani") if words in citizen]


def test_what_only_the_department_may_do_is_refused_to_its_unit(
    town: City, handed_on: tuple[Ticket, str, str]
) -> None:
    _, link, unit = handed_on
    fields = {"to": "PUPR", "message": "Bukan kami.", "reason": "Perlu tahu.", "date": "2031-01-01"}
    for action in set(town.page(link)["actions"]) - {"answer", "progress", "renew"} | {"acknowledge", "contact"}:
        assert town.refused(unit, 409, action, **fields)["possible"] == ["answer", "progress", "renew"]
    assert town.page(link)["status"] == "in_progress"


def test_the_unit_s_link_ends_when_the_case_goes_elsewhere(town: City, handed_on: tuple[Ticket, str, str]) -> None:
    ticket, link, unit = handed_on
    town.act(link, "delegate", to="DISHUB-LALIN")
    other = town.mail("dishub-lalin@opd.example", ticket.number).link
    assert [town.http.get(url).status_code for url in (unit, other)] == [410, 200]
    town.act(link, "forward", to="PUPR", message="Ini lampu proyek PUPR.")
    assert [town.http.get(url).status_code for url in (link, other)] == [410, 410]
    assert town.press(other, "answer", message=WORDS).status_code == 410


def test_a_unit_of_another_department_is_none(town: City) -> None:
    _, link = given(town, LAMP, DISHUB)
    for code in ("DLH-TPA", "DISHUB", "", "NASA"):
        assert town.refused(link, 422, "delegate", to=code)["errors"][0]["field"] == "to"
    assert town.page(link)["status"] == "assigned"
