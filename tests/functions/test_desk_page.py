"""`/meja/<token>` of a case that a department has: it takes a call; a restricted one shows its number alone."""

from __future__ import annotations
from typing import Any

import pytest
from flask import Response

from functions.desk_page import desk_page
from tests.builders import complaint, held
from tests.functions.requests import ask, form, get, token
from tests.workflows.world import World
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.complaint.transition import LAKSA, EventName, TimelineEvent, Transition, transition
from workflows.unit_of_work import save

SECRETS: dict[str, Any] = {
    "text": "Suami tetangga memukul istrinya setiap malam.",
    "place": "Gang Melati 7",
    "kelurahan": "36.71.01.1007",
    "latitude": -6.1783,
    "longitude": 106.6319,
    "category": "kdrt",
    "decision": {"opd": "DP3AP2KB", "why": ["kata: memukul"], "top": [{"opd": "DP3AP2KB", "score": 0.9}]},
    "photos": (PhotoFacts(1, "citizen", "f" * 32),),
}
WORDS = ("memukul", "Melati", "Cikokol", "106.6319", "Kekerasan", "/foto/1", "kata:", "Catatan rahasia")


def silent(laksa: World, restricted: bool, **fields: Any) -> str:
    """A case with DP3AP2KB, whose date to accept has passed; the path of a desk link to it."""
    given = held("DP3AP2KB", ack_missed=True)
    case = complaint(State.ASSIGNED, "DP3AP2KB", restricted=restricted, assignment=given, **{**SECRETS, **fields})
    noted = transition(case, laksa.clock.now(), TimelineEvent(EventName.UNACCEPTED, LAKSA, internal="Catatan rahasia"))
    laksa.store.transact(
        lambda tx: save(tx, Transition(noted.complaint, noted.entries), laksa.services.policy, laksa.clock.now())
    )
    return f"/meja/{token('desk')}"


def both(path: str) -> list[Response]:
    return [ask(desk_page, get(path, **headers)) for headers in ({}, {"Accept": "application/json"})]


def call(path: str, accept: str = "") -> Response:
    return ask(desk_page, form(path=path, accept=accept, action="called", message="Bu Sri, segera dibuka."))


def test_a_departments_restricted_case_shows_its_number_and_takes_a_call(laksa: World) -> None:
    path = silent(laksa, restricted=True)
    page, data = both(path)
    assert page.status_code == 200
    assert "Telepon Dinas Pemberdayaan Perempuan" in page.get_data(as_text=True)
    assert "Sebutkan nomornya saja." in page.get_data(as_text=True)
    assert not [word for word in WORDS if word in page.get_data(as_text=True) + data.get_data(as_text=True)]
    shape = data.get_json()
    assert (shape["ticket"], shape["actions"]) == (complaint().ticket, ["called"])
    assert (shape["message"], shape["place"], shape["timeline"], shape["suggestions"]) == ("", "", [], [])
    assert ask(desk_page, get(f"{path}/foto/1")).status_code == 404


def test_danger_opens_a_restricted_case_no_further(laksa: World) -> None:
    page, _ = both(silent(laksa, restricted=True, urgent=True, call_by=laksa.clock.now()))
    assert not [word for word in WORDS if word in page.get_data(as_text=True)]


def test_an_ordinary_case_is_shown_whole_and_says_when_it_was_phoned_about(laksa: World) -> None:
    path = silent(laksa, restricted=False)
    page = both(path)[0].get_data(as_text=True)
    assert "Suami tetangga" in page and "Riwayat" in page and "Terakhir ditelepon" not in page
    call(path)
    assert "Terakhir ditelepon 09.00." in both(path)[0].get_data(as_text=True)


@pytest.mark.parametrize("accept", ["", "application/json"])
def test_a_link_from_before_a_restricted_case_came_back_does_nothing(laksa: World, accept: str) -> None:
    laksa.put(complaint(State.AT_DESK, restricted=True, assignment_no=3, **{**SECRETS, "photos": ()}))
    path, before = f"/meja/{token('desk')}", laksa.everything()
    shown = [answer.status_code for answer in both(path)]
    for fields in ({"action": "assign", "to": "PUPR"}, {"action": "renew"}):
        answer = ask(desk_page, form(path=path, accept=accept, **fields))
        assert [*shown, answer.status_code] == [410] * 3
        assert not [word for word in WORDS if word in answer.get_data(as_text=True)]
    assert laksa.everything() == before


def test_an_institution_is_stored_by_code_and_hidden_from_a_forged_link(laksa: World) -> None:
    laksa.put(complaint(State.AT_DESK, assignment_no=1))
    assert ask(desk_page, form(path="/meja/x", action="external", to="zz")).status_code == 403
    assert ask(desk_page, form(path=f"/meja/{token('desk')}", action="external", to="PLN")).status_code == 303
    assert laksa.case().external_to == "EXT-PLN"
