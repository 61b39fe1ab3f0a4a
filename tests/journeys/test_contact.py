"""How to reach a citizen: only where they allowed it, only with a reason, and never behind their back."""

from __future__ import annotations

from tests.journeys.city import City
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, given

WHO = {"name": "Siti Aminah", "phone": "+628129876543"}
REASON = "Petugas perlu dibukakan pagar gang."


def shown(page: str) -> list[str]:
    """What a page tells of the citizen."""
    return [words for words in (WHO["name"], "8129876543", CITIZEN) if words in page]


def test_an_office_sees_the_contact_with_a_reason_and_the_citizen_knows(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, contact="yes", **WHO)
    assert "contact" in town.page(link)["actions"]
    assert not shown(town.http.get(link).text + str(town.page(link)) + town.mail(DISHUB, ticket.number).text)
    assert town.refused(link, 422, "contact", reason=" ")["errors"][0]["field"] == "reason"
    page = town.act(link, "contact", reason=REASON, officer="Bu Rani")
    assert page["contact"] == {"name": WHO["name"], "email": CITIZEN, "phone": WHO["phone"]}
    assert "contact" not in page["actions"]
    assert len(shown(town.http.get(link).text)) == 3
    told = town.mail(CITIZEN, ticket.number, "Dishub membuka kontak Anda")
    assert REASON in told.text
    assert REASON in town.http.get(ticket.url).text
    assert "Rani" not in town.http.get(ticket.url).text + told.text


def test_only_the_office_that_asked_sees_it_and_only_while_it_has_the_case(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, contact="yes", **WHO)
    town.act(link, "contact", reason=REASON)
    town.act(link, "delegate", to="DISHUB-PJU")
    unit = town.mail("dishub-pju@opd.example", ticket.number).link
    assert not shown(town.http.get(unit).text + str(town.page(unit)))
    moved = town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert "contact" not in moved
    other = town.mail("pupr@opd.example", ticket.number).link
    assert not shown(town.http.get(other).text + str(town.page(other)))
    assert (town.http.get(link).status_code, town.http.get(other).status_code) == (410, 200)
    assert "contact" not in town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
    assert town.act(other, "contact", reason="Letak proyeknya kurang jelas.")["contact"]["name"] == WHO["name"]


def test_whoever_did_not_allow_it_is_not_asked_for(town: City) -> None:
    ticket, link = given(town, LAMP, DISHUB, **WHO)
    assert "contact" not in town.page(link)["actions"]
    assert "contact" not in town.refused(link, 409, "contact", reason=REASON)["possible"]
    page = town.press(link, "contact", reason=REASON)
    assert (page.status_code, REASON in page.text, shown(page.text)) == (409, True, [])
    assert len(town.mails(CITIZEN, ticket.number)) == 1


def test_no_log_names_a_citizen(town: City) -> None:
    log = (town.data / "host.log").read_text()
    assert not [words for words in (*shown(log), REASON) if words in log]
