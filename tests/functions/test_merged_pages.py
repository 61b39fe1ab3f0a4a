"""Merging behind `/meja`, and what `/laporan` and `/opd` show of both cases: only what their readers may see."""

from __future__ import annotations
from typing import Any

import pytest
from flask import Response

from functions.app.container import container, services
from functions.case_page import case_page
from functions.complaint_page import complaint_page
from functions.desk_page import desk_page
from tests.builders import PARENT, TICKET, complaint
from tests.functions.requests import ask, form, get, token
from tests.pictures.given import encoded, scene
from tests.workflows.world import World
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.office import casework
from workflows.ports import CaseGrant

pytestmark = pytest.mark.slow

WORDS = "Truk kami datang besok pagi."
JSON = "application/json"


@pytest.fixture
def two(laksa: World) -> World:
    """One case at the desk, and a public one that DLH has written about, with a photo."""
    laksa.put(
        complaint(State.AT_DESK, assignment_no=1, desk_since=laksa.clock.now()),
        complaint(State.ASSIGNED, ticket=PARENT, visibility="public", sequence=0),
    )
    expires = laksa.clock.now().replace(year=2030)
    office = container().links.case_token(CaseGrant(PARENT, "department", 1, expires))
    casework.perform_action(services(), office, OfficerAct("progress", message=WORDS), (encoded(scene(1)),))
    return laksa


def send(accept: str = "", **fields: str) -> Response:
    return ask(desk_page, form(path=f"/meja/{token('desk')}", accept=accept, action="merge", **fields))


def own_page(ticket: str, rest: str = "", **headers: str) -> Response:
    key = container().links.citizen_key(ticket, 1)
    return ask(complaint_page, get(f"/laporan/{ticket}/{key}{rest}", **headers))


def test_a_browser_goes_back_to_the_page_and_a_script_reads_where_it_went(two: World) -> None:
    answer = send(into=PARENT.lower())
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/meja/{token('desk')}")
    assert f"Digabung ke {PARENT}." in ask(desk_page, get(f"/meja/{token('desk')}")).get_data(as_text=True)
    again = send(JSON, into=PARENT).get_json()
    assert (again["status"], again["parent"], again["actions"]) == (State.MERGED, {"ticket": PARENT}, [])


@pytest.mark.parametrize("into", ["", "LKS-0000-0000-1", TICKET])
def test_a_wrong_number_is_a_422_that_names_the_field_and_keeps_the_rest(two: World, into: str) -> None:
    problem = send(JSON, into=into)
    assert (problem.status_code, problem.mimetype) == (422, "application/problem+json")
    assert [error["field"] for error in problem.get_json()["errors"]] == ["into"]
    page = send(into=into, message="Sampah yang sama.")
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert f'name="into" value="{into}"' in text and "Sampah yang sama." in text
    assert two.case().state == State.AT_DESK


def test_a_follower_of_a_confidential_case_reads_its_state_and_no_words(two: World) -> None:
    hidden: dict[str, Any] = two.store.get("complaints", PARENT) or {}
    two.store.transact(lambda tx: tx.set("complaints", PARENT, hidden | {"visibility": "confidential"}))
    send(into=PARENT)
    text = own_page(TICKET).get_data(as_text=True)
    assert WORDS not in text and "Sedang dikerjakan DLH" in text
    assert own_page(TICKET, Accept=JSON).get_json()["parent"]["timeline"] == []


def test_the_parents_office_reads_how_many_follow_its_citizen_nothing(two: World) -> None:
    send(into=PARENT)
    expires = two.clock.now().replace(year=2030)
    office = container().links.case_token(CaseGrant(PARENT, "department", 1, expires))
    page = ask(case_page, get(f"/opd/{office}")).get_data(as_text=True)
    assert "1 laporan lain digabung ke sini." in page
    assert TICKET not in page + own_page(PARENT).get_data(as_text=True)
