"""`/kasus/<token>`: what a browser and a script get, and how a wrong link or filter is answered."""

from __future__ import annotations
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Response

from functions.case_list import case_list
from tests.builders import complaint
from tests.functions.requests import get
from tests.workflows.world import World
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.office.case_list import PAGE

pytestmark = pytest.mark.slow

HERE = "36.71.01.1007"


def ask(world: World, query: str = "", token: str = "", **headers: str) -> Response:
    token = token or runtime_token(world)
    answer = case_list(get(f"/kasus/{token}{query}", **headers))
    assert isinstance(answer, Response)
    return answer


def runtime_token(world: World, hours: int = 24) -> str:
    from functions.app.container import container

    return container().links.list_token("DLH", world.clock.now() + timedelta(hours=hours))


def as_json(world: World, query: str = "") -> dict[str, Any]:
    answer = ask(world, query, Accept="application/json")
    assert answer.status_code == 200
    data: dict[str, Any] = answer.get_json()
    return data


@pytest.fixture
def busy(laksa: World) -> World:
    """Two cases of DLH, one with its kelurahan."""
    laksa.put(complaint(State.IN_PROGRESS, kelurahan=HERE), complaint(State.IN_PROGRESS, ticket=new_ticket(b"other")))
    return laksa


def test_the_page_is_private_and_an_unknown_kelurahan_is_said(busy: World) -> None:
    answer = ask(busy)
    assert answer.status_code == 200
    assert "2 laporan terbuka" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    answer = ask(busy, "?kelurahan=Konoha%3Cb%3E")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "“Konoha&lt;b&gt;” tidak ada di daftar" in page
    assert page.count("/opd/") == 2
    refused = ask(busy, "?kelurahan=Konoha", Accept="application/json")
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "kelurahan")


def test_machines_get_every_case_page_by_page(laksa: World) -> None:
    many = PAGE + 3
    laksa.put(*(complaint(State.IN_PROGRESS, ticket=new_ticket(n.to_bytes(5, "big"))) for n in range(many)))
    first = as_json(laksa)
    second = as_json(laksa, first["next"])
    assert [len(page["cases"]) for page in (first, second)] == [PAGE, 3]
    assert len({case["ticket"] for page in (first, second) for case in page["cases"]}) == many
    assert second["next"] is None


@pytest.mark.parametrize("typed", [HERE, HERE.replace(".", ""), f" {HERE} "])
def test_a_kelurahan_narrows_the_list_with_or_without_dots(busy: World, typed: str) -> None:
    assert len(as_json(busy, f"?kelurahan={quote(typed)}")["cases"]) == 1
    assert len(as_json(busy, "?kelurahan=-")["cases"]) == 1
    assert len(as_json(busy, "?kelurahan=")["cases"]) == 2


def test_a_link_of_yesterday_is_answered_kindly(busy: World) -> None:
    token = runtime_token(busy)
    busy.clock.wait(hours=25)
    answer = ask(busy, token=token)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 410
    assert "Yang baru ada di email pagi, yang hanya datang bila ada laporan baru" in page
    assert "Kirim tautan baru" not in page and "Buka formulir" not in page
    assert ask(busy, token=token, Accept="application/json").status_code == 410


@pytest.mark.parametrize("token", ["x", "0" * 27 + ".DLH.abcde"])
def test_a_forged_link_is_forbidden(busy: World, token: str) -> None:
    assert ask(busy, token=token).status_code == 403
