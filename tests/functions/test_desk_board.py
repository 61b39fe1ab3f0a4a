"""`/papan/<token>`: what a browser and a script get and send, and how a wrong link or choice is answered."""

from __future__ import annotations
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

from functions.desk_board import desk_board
from tests.builders import MONDAY, complaint, held
from tests.functions.requests import get
from tests.workflows.world import World
from workflows.desk import board as board
from workflows.domain.actions.bulk_assign import read_choices
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket

pytestmark = pytest.mark.slow

TOP = [{"opd": "DLH", "score": 0.71}, {"opd": "PUPR", "score": 0.2}, {"opd": "DISHUB", "score": 0.0}]
DECISION: dict[str, Any] = {"opd": "DLH", "top": TOP, "why": ["menyebut “bau”", "“bau” +0,4 → DLH"]}
JSON = {"Accept": "application/json"}


def ticket(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def waiting(number: int, **fields: Any) -> Complaint:
    return complaint(State.AT_DESK, ticket=ticket(number), **{"decision": DECISION, **fields})


def token(world: World, hours: int = 24) -> str:
    from functions.app.container import container

    return container().links.board_token(world.clock.now() + timedelta(hours=hours))


def ask(world: World, query: str = "", link: str = "", **headers: str) -> Response:
    answer = desk_board(get(f"/papan/{link or token(world)}{query}", **headers))
    assert isinstance(answer, Response)
    return answer


def send(world: World, fields: dict[str, str], as_json: bool = False, link: str = "") -> Response:
    """A POST as the form sends it, or as a script does."""
    path = f"/papan/{link or token(world)}"
    body: dict[str, Any] = {"json": fields} if as_json else {"data": fields}
    builder = EnvironBuilder(path=path, method="POST", **body)
    try:
        answer = desk_board(Request(builder.get_environ()))
    finally:
        builder.close()
    assert isinstance(answer, Response)
    return answer


def text(answer: Response) -> str:
    return answer.get_data(as_text=True)


def selected(page: str) -> dict[str, str]:
    """Field of each row → the code that is chosen."""
    found = {}
    for name, options in re.findall(r'<select[^>]* name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        found[name] = next(iter(re.findall(r"<option value=(\S+) selected>", options)), "")
    return found


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


@pytest.fixture
def two(laksa: World) -> World:
    """Two cases that wait; of the second the router is not sure."""
    unsure = DECISION | {"top": [TOP[0] | {"score": 0.4}, *TOP[1:]]}
    laksa.put(waiting(1), waiting(2, desk_since=MONDAY + timedelta(minutes=1), decision=unsure))
    return laksa


FIRST, SECOND = f"to.{ticket(1)}.0", f"to.{ticket(2)}.0"


def test_the_page_is_private_and_shows_what_waits_with_suggestions(two: World) -> None:
    answer = ask(two)
    assert answer.status_code == 200
    assert "2 laporan menunggu Anda" in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "script-src" not in answer.headers["Content-Security-Policy"] and "<script" not in text(answer)
    page = ask(two, **JSON).get_json()
    assert [case["ticket"] for case in page["cases"]] == [ticket(1), ticket(2)]
    assert page["cases"][0]["waiting_since"] == "2026-07-06T09:00:00+07:00"
    assert [(s["code"], s["score"]) for s in page["cases"][0]["suggestions"]] == [(e["opd"], e["score"]) for e in TOP]
    assert "/meja/" in page["cases"][0]["url"]
    assert (page["alarms"], page["total"], page["next"]) == ([], 2, None)
    assert selected(text(ask(two))) == {FIRST: "DLH", SECOND: ""}


def test_first_a_preview_then_the_board_once_more_and_all_is_assigned(two: World) -> None:
    preview = send(two, {"action": "assign", FIRST: "DLH", SECOND: "PUPR"})
    assert preview.status_code == 200
    assert "2 laporan akan dikirim" in text(preview)
    assert two.case(ticket(1)).state == State.AT_DESK
    done = send(two, {"action": "confirm", **hidden(text(preview))})
    assert (done.status_code, done.headers["Location"]) == (303, f"/papan/{token(two)}")
    assert [two.case(ticket(n)).opd for n in (1, 2)] == ["DLH", "PUPR"]
    page = text(ask(two))
    assert page.count(">Batalkan</button>") == 2 and "sampai pukul <b>09.10</b>" in page


def test_changing_a_choice_brings_the_board_back_with_the_others(two: World) -> None:
    back = send(two, {"action": "edit", SECOND: "PUPR"})
    assert back.status_code == 200
    assert selected(text(back)) == {FIRST: "", SECOND: "PUPR"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({FIRST: "NASA"}, "Pilihan ini tidak ada"),
        ({"to.x": "DLH"}, "x: Laporan ini tidak ada di papan."),
        ({f"to.{ticket(9)}": "DLH"}, f"{ticket(9)}: Laporan ini tidak ada di papan."),
        ({"action": "dance"}, "Pilihan ini tidak ada"),
    ],
)
@pytest.mark.parametrize("action", ["assign", "confirm"])
def test_what_is_forged_is_named_choices_stay(two: World, action: str, fields: dict[str, str], words: str) -> None:
    sent = {"action": action, SECOND: "PUPR", **fields}
    answer = send(two, sent)
    assert answer.status_code == 422
    assert words in text(answer)
    assert selected(text(answer))[SECOND] == "PUPR"
    assert two.case(ticket(2)).state == State.AT_DESK
    problem = send(two, sent, as_json=True)
    assert (problem.status_code, problem.mimetype) == (422, "application/problem+json")
    assert [error["field"] for error in problem.get_json()["errors"]] == [next(iter(fields))]


def test_a_script_confirms_at_once_and_reads_what_came_of_each_row(two: World) -> None:
    asked = {f"to.{ticket(1)}": "DLH", f"to.{ticket(2)}": "PUPR"}
    looked = send(two, {"action": "assign", **asked}, as_json=True).get_json()
    assert [(row["ticket"], row["as_chosen"], row["status"]) for row in looked["preview"]] == [
        (ticket(1), True, "at_desk"),
        (ticket(2), True, "at_desk"),
    ]
    answer = send(two, {"action": "confirm", **asked}, as_json=True)
    page = answer.get_json()
    assert answer.status_code == 200
    assert [(row["department"]["code"], row["as_chosen"]) for row in page["assigned"]] == [
        ("DLH", True),
        ("PUPR", True),
    ]
    assert page["cases"] == []
    assert {sent["until"] for sent in page["recent"]} == {"2026-07-06T09:10:00+07:00"}
    again = send(two, {"action": "undo", "case": page["recent"][0]["undo"]}, as_json=True)
    assert [case["ticket"] for case in again.get_json()["cases"]] == [page["recent"][0]["ticket"]]


def test_what_somebody_else_assigned_is_told_and_the_rest_is_done(two: World) -> None:
    preview = hidden(text(send(two, {"action": "assign", FIRST: "DLH", SECOND: "PUPR"})))
    board.assign(two.services, _board_token_of(two), read_choices({FIRST: "DISHUB"}))
    answer = send(two, {"action": "confirm", **preview})
    page = text(answer)
    assert answer.status_code == 200
    assert "1 laporan terkirim, 1 tidak." in page
    assert f"{ticket(1)}</span>: sekarang didisposisikan ke Dishub sejak Sen, 6 Jul, 09.00" in page
    refused = send(two, {"action": "confirm", FIRST: "DLH"})
    assert refused.status_code == 409
    assert "Tidak ada yang terkirim." in text(refused)
    assert two.case(ticket(1)).opd == "DISHUB"


def _board_token_of(world: World) -> str:
    return world.services.links.board_token(world.clock.now() + timedelta(hours=1))


def test_too_late_an_undo_is_refused_in_plain_words(two: World) -> None:
    send(two, {"action": "confirm", FIRST: "DLH"})
    two.clock.wait(minutes=10)
    sent = {"action": "undo", "case": f"{ticket(1)}.1"}
    answer = send(two, sent)
    assert answer.status_code == 409
    assert f"Sepuluh menit untuk membatalkan pengiriman {ticket(1)} sudah lewat" in text(answer)
    problem = send(two, sent, as_json=True)
    assert (problem.status_code, problem.mimetype) == (409, "application/problem+json")
    assert "Sepuluh menit" in problem.get_json()["detail"]


def test_a_restricted_case_shows_no_text_and_is_read_before_it_is_given(laksa: World) -> None:
    laksa.put(waiting(1, restricted=True, category="pungli", kelurahan="36.71.01.1007", text="Rahasia " * 9))
    page = text(ask(laksa))
    assert ticket(1) in page and "Terbatas" in page
    assert not [word for word in ("Rahasia", "<select", "Pratinjau", "Kel. ", "DLH") if word in page]
    assert ask(laksa, **JSON).get_json()["cases"][0]["suggestions"] == []
    answer = send(laksa, {"action": "confirm", FIRST: "DLH"})
    assert answer.status_code == 422
    assert "Laporan terbatas: buka dan baca dulu" in text(answer)


@pytest.mark.parametrize(
    "fields", [{"quarantine": "honeypot"}, {"returned_by": "DLH"}, {"disputes": 1}, {"kind": "tidak_jelas"}]
)
def test_what_a_person_should_look_at_is_chosen_by_nobody_beforehand(laksa: World, fields: dict[str, Any]) -> None:
    decision = DECISION | ({"kind": fields.pop("kind")} if "kind" in fields else {})
    laksa.put(waiting(1, decision=decision, **fields))
    assert selected(text(ask(laksa))) == {FIRST: ""}


def test_an_office_that_is_accused_is_not_offered(laksa: World) -> None:
    laksa.put(waiting(1, decision=DECISION | {"kept_out": ["DLH", "KEC"]}))
    page = text(ask(laksa))
    assert "value=PUPR" in page
    assert not [code for code in ("DLH", "KEC-PINANG") if f"value={code}" in page]
    answer = send(laksa, {"action": "assign", FIRST: "DLH"})
    assert answer.status_code == 422
    assert "DLH dilaporkan di sini" in text(answer)


def test_words_of_the_text_are_masked_before_they_are_cut(laksa: World) -> None:
    laksa.put(waiting(1, text="Mohon hubungi saya. " * 9 + "Nomor HP saya 0812 3456 7890, rumah saya kebanjiran."))
    page = text(ask(laksa))
    assert "Mohon hubungi saya." in page and " …" in page
    assert not re.search(r"08\d\d", page)


def test_alarms_say_what_to_do(laksa: World) -> None:
    from workflows.records import queries

    laksa.put(complaint(State.ASSIGNED, "DISHUB", ticket=ticket(1), urgent=True, call_by=MONDAY))
    queries.record_dead_letter(laksa.services, "notice-due", {"notice": "x"})
    page = ask(laksa, **JSON).get_json()
    assert [(alarm["kind"], "do" in alarm, "url" in alarm) for alarm in page["alarms"]] == [
        ("call", True, True),
        ("dead_letters", True, False),
    ]
    assert "2 hal yang perlu segera dilihat" in text(ask(laksa))


def test_a_call_about_restricted_cases_alone_is_written_down_at_the_board(laksa: World) -> None:
    given = replace(held("INSPEKTORAT"), ack_missed=True)
    laksa.put(complaint(State.ASSIGNED, "INSPEKTORAT", ticket=ticket(1), restricted=True, assignment=given))
    shown = text(ask(laksa))
    assert "Belum diterima Inspektorat" in shown and ticket(1) not in shown
    assert send(laksa, {"action": "called", "opd": "INSPEKTORAT"}).status_code == 303
    assert "Belum diterima Inspektorat" not in text(ask(laksa))
    again = send(laksa, {"action": "called", "opd": "inspektorat"}, as_json=True)
    assert again.get_json()["alarms"] == []
    wrong = send(laksa, {"action": "called", "opd": "DLH"})
    assert wrong.status_code == 422 and "Tidak ada lagi laporan OPD itu" in text(wrong)


@pytest.mark.parametrize("link", ["x", "0" * 27 + ".papan-abcd"])
def test_a_forged_link_is_forbidden(two: World, link: str) -> None:
    assert ask(two, link=link).status_code == 403
    assert send(two, {"action": "confirm", FIRST: "DLH"}, link=link).status_code == 403
    assert two.case(ticket(1)).state == State.AT_DESK


def test_a_body_that_is_no_flat_object_is_refused(two: World) -> None:
    answer = send(two, json.loads('{"action": "assign", "to": {"x": "DLH"}}'), as_json=True)
    assert answer.status_code == 422
