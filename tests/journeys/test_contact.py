"""How to reach a citizen: only where they allowed it, only with a reason, and never behind their back."""

from __future__ import annotations

from tests.journeys.city import City
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, given

WHO = {"name": "Siti Aminah", "phone": "+628129876543"}
REASON = "Petugas perlu dibukakan pagar gang."


def shown(page: str) -> list[str]:
    """What a page tells of the citizen."""
    return [words for words in (WHO["name"], "8129876543", CITIZEN) if words in page]


def test_an_office_sees_the_contact_after_giving_a_reason_and_the_citizen_is_told(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB, contact="yes", **WHO)
    assert "contact" in city.page(link)["actions"]
    assert not shown(city.http.get(link).text + str(city.page(link)) + city.mail(DISHUB, ticket.number).text)
    assert city.refused(link, 422, "contact", reason=" ")["errors"][0]["field"] == "reason"
    page = city.act(link, "contact", reason=REASON, officer="Bu Rani")
    assert page["contact"] == {"name": WHO["name"], "email": CITIZEN, "phone": WHO["phone"]}
    assert "contact" not in page["actions"]
    assert len(shown(city.http.get(link).text)) == 3
    told = city.mail(CITIZEN, ticket.number, "Dishub membuka kontak Anda")
    assert REASON in told.text
    assert REASON in city.http.get(ticket.url).text
    assert "Rani" not in city.http.get(ticket.url).text + told.text


def test_only_the_office_that_asked_sees_it_and_only_while_it_has_the_case(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB, contact="yes", **WHO)
    city.act(link, "contact", reason=REASON)
    city.act(link, "delegate", to="DISHUB-PJU")
    unit = city.mail("dishub-pju@opd.example", ticket.number).link
    assert not shown(city.http.get(unit).text + str(city.page(unit)))
    moved = city.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert "contact" not in moved
    other = city.mail("pupr@opd.example", ticket.number).link
    assert not shown(city.http.get(other).text + str(city.page(other)))
    assert (city.http.get(link).status_code, city.http.get(other).status_code) == (410, 200)
    assert "contact" not in city.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert city.act(other, "contact", reason="Letak proyeknya kurang jelas.")["contact"]["name"] == WHO["name"]


def test_whoever_did_not_allow_it_is_not_asked_for(city: City) -> None:
    ticket, link = given(city, LAMP, DISHUB, **WHO)
    assert "contact" not in city.page(link)["actions"]
    assert "contact" not in city.refused(link, 409, "contact", reason=REASON)["possible"]
    page = city.press(link, "contact", reason=REASON)
    assert (page.status_code, REASON in page.text, shown(page.text)) == (409, True, [])
    assert len(city.mails(CITIZEN, ticket.number)) == 1


def test_no_log_names_a_citizen(city: City) -> None:
    log = (city.data / "host.log").read_text()
    assert not [words for words in (*shown(log), REASON) if words in log]
