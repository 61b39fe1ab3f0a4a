"""Four letters from the form to the citizen's last word: a question, a school, and two about money."""

from __future__ import annotations
from typing import Any

import pytest

from tests.journeys.city import City
from tests.journeys.letters import ORIGINALS, letters


@pytest.mark.skipif(not ORIGINALS.is_file(), reason="the four original letters are not beside this checkout")
def test_the_original_letters_are_part_of_this_run() -> None:
    assert len(letters()) == 8


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: str(letter["id"]))
def test_a_letter_lives_its_whole_life(town: City, letter: dict[str, Any]) -> None:
    ticket = town.submit(str(letter["text"]), email="warga@contoh.example", name="Sri Rahayu Contoh")
    opened = ticket.state()
    code = opened["department"]["code"] if opened["department"] else None
    _nobody_wrong_hears_of_it(town, ticket.number, letter)
    if opened["status"] == "at_desk":
        code = _the_desk_assigns(town, ticket.number, letter)
    assert code in letter["right"]
    if code == "EXTERNAL":
        assert ticket.state()["status"] == "external"
        return
    _the_department_answers(town, ticket.number, str(code))
    _the_citizen_confirms(town, ticket.number)
    assert ticket.state()["status"] == "closed"
    _nobody_wrong_hears_of_it(town, ticket.number, letter)


def _the_desk_assigns(town: City, number: str, letter: dict[str, Any]) -> str:
    link = town.mail("meja@laksa.example", number).link
    three = [s["code"] for s in town.page(link)["suggestions"][:3]]
    best = next((code for code in three if code in letter["right"]), None)
    assert best, f"no right department among {three}"
    if best == "EXTERNAL":
        return str(town.act(link, "external", to="EXT-PROV-DINDIK")["department"]["code"])
    return str(town.act(link, "assign", to=best)["department"]["code"])


def _the_department_answers(town: City, number: str, code: str) -> None:
    mail = town.mail(f"{code.lower()}@opd.example", number)
    assert "Sri Rahayu" not in mail.text + mail.html + mail.subject
    assert "warga@contoh.example" not in mail.text + mail.html
    before = town.page(mail.link)
    for method in ("GET", "HEAD", "GET"):
        assert town.http.request(method, mail.link).status_code == 200
    assert town.page(mail.link) == before
    assert town.act(mail.link, "acknowledge", officer="Bu Rina")["status"] == "in_progress"
    done = town.act(mail.link, "answer", message="Sudah kami periksa dan kami tangani hari ini juga.")
    assert done["status"] == "answered"


def _the_citizen_confirms(town: City, number: str) -> None:
    mail = town.mail("warga@contoh.example", number)
    assert town.page(mail.link)["status"] == "answered"
    assert town.act(mail.link, "confirm")["status"] == "closed"


def _nobody_wrong_hears_of_it(town: City, number: str, letter: dict[str, Any]) -> None:
    told = {mail.to for mail in town.mails(about=number)}
    for code in letter["wrong"]:
        assert not [to for to in told if f"{code.lower()}@" in to], told
