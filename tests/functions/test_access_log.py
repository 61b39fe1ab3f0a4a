"""Who read which case: one line a link and hour, in the log and in the store, with nothing of the citizen."""

from __future__ import annotations
import logging
from typing import Any

import pytest

from functions.case_page import case_page
from functions.desk_page import desk_page
from tests.builders import TICKET, complaint
from tests.functions.requests import ask, form, get, token
from tests.pictures.given import phone_photo
from tests.workflows.world import World
from workflows.desk import one_complaint
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import numbered
from workflows.domain.complaint.transition import CITIZEN
from workflows.failures import StoreUnavailable
from workflows.office import casework
from workflows.photos import store_photos
from workflows.records.accesses import accesses_of

REPORTER = {"name": "Zubaedah", "email": "zubaedah@contoh.example", "phone": "+6281234567890", "lang": "id"}


@pytest.fixture
def path(laksa: World) -> str:
    """Of the page of a case that Dishub has."""
    laksa.put(complaint(State.ASSIGNED, "DISHUB", consent=True))
    laksa.store.transact(lambda tx: tx.set("reporters", TICKET, REPORTER))
    return f"/opd/{token()}"


def lines(laksa: World) -> set[tuple[str, str, str, str]]:
    kept = accesses_of(laksa.store, TICKET)
    found = {(line.role, line.office, line.act, line.officer) for line in kept}
    assert len(found) == len(kept)
    return found


def test_acts_and_contact_are_noted_with_the_officer(laksa: World, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "laksa"):
        ask(case_page, form(path=path, action="contact", reason="Mencari rumahnya.", officer="Bu Rani"))
        laksa.clock.wait(hours=1)
        assert b"Zubaedah" in ask(case_page, get(path)).data
    assert lines(laksa) == {
        ("department", "DISHUB", "contact", "Bu Rani"),
        ("department", "DISHUB", "contact_read", ""),
        ("department", "DISHUB", "opened", ""),
    }
    told = str([record.__dict__ for record in caplog.records])
    assert TICKET in told
    secrets = (path.removeprefix("/opd/"), "Rani", "Zubaedah", "contoh.example", "81234567890")
    assert [word for word in secrets if word in told] == []


def test_the_office_is_named_whose_own_act_sent_the_case_away(laksa: World, path: str) -> None:
    ask(case_page, form(path=path, action="forward", to="PUPR", message="Ini lampu proyek PUPR."))
    assert lines(laksa) == {("department", "DISHUB", "forward", "")}


def test_the_desk_is_the_desk(laksa: World) -> None:
    laksa.put(complaint(State.AT_DESK))
    path = f"/meja/{token('desk')}"
    ask(desk_page, get(path))
    ask(desk_page, form(path=path, action="assign", to="DLH"))
    assert lines(laksa) == {("desk", "DESK", "opened", ""), ("desk", "DESK", "assign", "")}


def test_the_page_is_shown_if_no_line_is_stored(laksa: World, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("functions.web.link_page.write_accesses", away)
        assert ask(case_page, get(path)).status_code == 200
    assert lines(laksa) == set()
    ask(case_page, get(path))
    assert len(lines(laksa)) == 1


@pytest.mark.parametrize("accept", ["", "application/json"])
@pytest.mark.parametrize("role", ["opd", "meja"])
def test_an_act_counts_if_the_store_is_away_after(
    laksa: World, monkeypatch: pytest.MonkeyPatch, role: str, accept: str
) -> None:
    function, workflow, link = {
        "opd": (case_page, casework, token()),
        "meja": (desk_page, one_complaint, token("desk")),
    }[role]
    laksa.put(complaint(State.ASSIGNED if role == "opd" else State.AT_DESK))
    carried_out = workflow.perform_action

    def act(*args: Any) -> Any:
        change = carried_out(*args)
        broken.setattr(laksa.store, "get", away)
        return change

    fields = {"action": "acknowledge"} if role == "opd" else {"action": "assign", "to": "DLH"}
    with monkeypatch.context() as broken:
        broken.setattr(workflow, "perform_action", act)
        answer = ask(function, form(path=f"/{role}/{link}", accept=accept, **fields))
    assert answer.status_code == (503 if accept else 303)
    assert laksa.case().state in (State.IN_PROGRESS, State.ASSIGNED)


def test_the_first_look_is_noted_also_where_it_is_at_a_photo(laksa: World) -> None:
    stored = store_photos(laksa.services, TICKET, CITIZEN, (phone_photo(),))
    laksa.put(complaint(State.ASSIGNED, "DISHUB").evolve(photos=numbered((), stored.photos)))
    assert ask(case_page, get(f"/opd/{token()}/foto/9")).status_code == 404
    assert lines(laksa) == set()
    for n in ("1", "1"):
        assert ask(case_page, get(f"/opd/{token()}/foto/{n}")).status_code == 200
    assert lines(laksa) == {("department", "DISHUB", "opened", "")}
    assert ask(desk_page, get(f"/meja/{token('desk')}/foto/1")).status_code == 200
    assert lines(laksa) == {("department", "DISHUB", "opened", ""), ("desk", "DESK", "opened", "")}


def away(*_: object) -> None:
    raise StoreUnavailable
