"""Before a report is stored its sender may see those like it; nothing typed gets lost, whichever way is taken."""

from __future__ import annotations
from typing import Any

import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

from functions.complaint_form import complaint_form
from functions.complaint_page import complaint_page
from tests.functions.requests import ask, form, get
from tests.functions.test_redisplayed_form import OTHER, PHOTO, came_back, fields_of, kept, opened, photos_of
from tests.views.html_checks import Page, check_page
from tests.workflows.world import World, table
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import State
from workflows.ports import Query
from workflows.routing.route_complaint import route

pytestmark = pytest.mark.slow

LAMP = "Lampu jalan di depan gang mati sejak Minggu, malam gelap sekali. Hubungi saya di 0812-3456-7890.\nSalam."
MINE = "Lampu jalannya mati semua dari ujung ke ujung.\nBaris kedua, dengan <b>tanda</b> & “kutip”."
STREET = {"place": "Jl. Rasuna Said no. 5", "kelurahan": "3671011005"}
TYPED = STREET | {"message": MINE, "name": "Bu Guru", "email": "bu.guru@contoh.example", "kind": "aduan"}


@pytest.fixture
def like(laksa: World) -> str:
    """A public report about a lamp in that street; its ticket."""
    ticket = ticket_of(ask(complaint_form, form(message=LAMP, visibility="public", **STREET)))
    route(laksa.services, ticket, table())
    return ticket


def sent(*photos: tuple[str, bytes], **fields: str) -> Response:
    return ask(complaint_form, form(*photos, **{"similar": "ask", **TYPED, **fields}))


def page_of(answer: Response) -> Page:
    assert answer.status_code == 200, answer.headers.get("Location")
    return check_page(answer.get_data(as_text=True))


def ticket_of(answer: Response) -> str:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:500]
    return str(answer.headers["Location"].split("/")[2])


def stored(laksa: World) -> int:
    return laksa.store.count(Query(COMPLAINTS))


def test_a_report_like_it_is_shown_before_anything_is_stored(laksa: World, like: str) -> None:
    page = page_of(sent(form_token=opened(laksa)))
    assert "Mungkin sudah dilaporkan" in page.title
    for words in (
        "Laporan Anda belum terkirim;",
        "Lampu jalan (PJU) mati",
        "Jl. Rasuna Said no. 5, Kel. Cikokol",
        "Hubungi saya di [nomor HP disamarkan]",
        "Dilaporkan Senin, 6 Juli 2026 · Didisposisikan ke Dishub",
    ):
        assert words in page.text
    assert [button["value"] for button in page.all("button", name="follow")] == [like]
    assert "0812" not in page.text
    assert stored(laksa) == 1


def test_one_s_own_report_is_sent_all_the_same_with_every_field(laksa: World, like: str) -> None:
    page = page_of(sent(PHOTO, form_token=opened(laksa), contact="yes", visibility="public", lang="en"))
    assert "Photos kept: 1." in page.text
    answer = ask(complaint_form, form(**fields_of(page)))
    case = laksa.case(ticket_of(answer))
    assert (case.text, case.place, case.kelurahan) == (MINE, STREET["place"], "36.71.01.1005")
    assert (case.kind, case.reach.consent, case.visibility, case.lang) == ("aduan", True, "public", "en")
    reporter = laksa.store.get("reporters", case.ticket)
    assert reporter and (reporter["name"], reporter["email"]) == (TYPED["name"], TYPED["email"])
    assert (photos_of(laksa, answer), kept(laksa)) == (1, (0, 0))
    assert case.state == State.RECEIVED


def test_where_the_other_has_ended_it_is_sent_on_its_own_and_says_so(laksa: World, like: str) -> None:
    page = page_of(sent(PHOTO, form_token=opened(laksa)))
    laksa.put(laksa.case(like).evolve(state=State.CLOSED, closed_as="confirmed"))
    answer = ask(complaint_form, form(**fields_of(page, follow=like)))
    case = laksa.case(ticket_of(answer))
    assert (case.state, case.text, photos_of(laksa, answer)) == (State.RECEIVED, MINE, 1)
    shown = ask(complaint_page, get(answer.headers["Location"])).get_data(as_text=True)
    assert "karena laporan yang ingin diikuti sudah tidak dapat diikuti" in shown


def test_it_may_be_changed_first_and_is_then_not_held_up_again(laksa: World, like: str) -> None:
    page = page_of(sent(PHOTO, form_token=opened(laksa)))
    edited = came_back(ask(complaint_form, form(**fields_of(page, edit="yes"))), 200)
    assert MINE.split("\n")[1] in edited.text
    assert edited.all("input", name="email")[0]["value"] == TYPED["email"]
    assert "1 foto tersimpan" in edited.text and edited.all("div", role="alert") == []
    answer = ask(complaint_form, form(OTHER, **fields_of(edited, message=MINE + " Tolong.", **STREET)))
    assert laksa.case(ticket_of(answer)).text == MINE + " Tolong."
    assert photos_of(laksa, answer) == 2


def test_a_form_that_has_come_in_is_known_and_never_offered_itself(laksa: World) -> None:
    token = opened(laksa)
    ticket = ticket_of(sent(form_token=token, visibility="public"))
    route(laksa.services, ticket, table())
    assert ticket_of(sent(form_token=token, visibility="public")) == ticket
    assert "Mungkin sudah dilaporkan" in page_of(sent()).title


SILENT: dict[str, dict[str, Any]] = {
    "a script that does not ask": {"similar": ""},
    "who has seen them": {"similar": "seen"},
    "a machine": {"accept": "application/json"},
    "what looks like a machine": {"website": "http://spam.example"},
    "another place": {"place": "Jl. Merdeka"},
    "another matter": {"message": "Sampah di TPS sudah seminggu tidak diangkut, baunya sampai ke rumah."},
}


def test_nobody_else_is_interrupted(laksa: World, like: str) -> None:
    assert [who for who, fields in SILENT.items() if sent(**fields).status_code not in (201, 303)] == []
    builder = EnvironBuilder(method="POST", json=TYPED | {"similar": "ask"}, headers=[("Accept", "text/html")])
    assert ask(complaint_form, Request(builder.get_environ())).status_code == 303
    assert stored(laksa) == 2 + len(SILENT)
