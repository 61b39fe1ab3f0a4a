"""The board's link at its end: what is finished, what is shown again, what mails a new one, and who is noted."""

from __future__ import annotations
from datetime import timedelta

import pytest
from flask import Response

from cli.main import main
from functions.app.container import container
from functions.desk_board import desk_board
from functions.desk_intake import desk_intake
from tests.builders import MONDAY, TEXT, complaint
from tests.functions.requests import ask, form, get
from tests.workflows.world import World
from workflows.citizen.data_requests import take_in
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import Arrival
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.privacy.data_request import COPY, DataAct
from workflows.records.accesses import BOARD, accesses_of

pytestmark = pytest.mark.slow
ONE, TWO, THREE = (new_ticket(name.encode()) for name in ("first", "other", "third"))
FIELD = f"to.{ONE}.0"
JSON = "application/json"


@pytest.fixture
def path(laksa: World) -> str:
    """Of a board on which one case waits; its link ends in an hour."""
    laksa.put(complaint(State.AT_DESK, ticket=ONE))
    return f"/papan/{container().links.board_token(MONDAY + timedelta(hours=1))}"


def press(path: str, action: str, accept: str = "", **fields: str) -> Response:
    return ask(desk_board, form(path=path, accept=accept, action=action, **{"message": "", **fields}))


def text(answer: Response) -> str:
    return answer.get_data(as_text=True)


def acts(world: World, ticket: str) -> list[tuple[str, str]]:
    return sorted((line.role, line.act) for line in accesses_of(world.store, ticket))


def test_what_was_chosen_before_the_end_is_saved_after_it_and_said_to_be(laksa: World, path: str) -> None:
    laksa.clock.wait(hours=2)
    assert ask(desk_board, get(path)).status_code == 410
    answer = press(path, "confirm", **{FIELD: "DLH"})
    assert answer.status_code == 200
    assert "Yang baru Anda kirim sudah tersimpan." in text(answer) and 'value="renew"' in text(answer)
    assert laksa.case(ONE).state == State.ASSIGNED
    assert "Periksa" not in text(answer)


def test_a_mistake_made_at_the_end_comes_back_with_the_form(laksa: World, path: str) -> None:
    laksa.clock.wait(hours=2)
    answer = press(path, "confirm", **{FIELD: "TIDAK-ADA"})
    assert answer.status_code == 422 and f'name="{FIELD}"' in text(answer)


def test_long_after_the_end_every_field_is_shown_again(laksa: World, path: str) -> None:
    laksa.clock.wait(hours=3)
    chosen = text(press(path, "confirm", **{FIELD: "DLH"}))
    assert f"{ONE}: DLH" in chosen and 'value="renew"' in chosen
    said = text(press(path, "data_done", request=f"{ONE}.copy", result="done", message="Sudah <b>kami</b> kirim."))
    assert "Tulisan: Sudah &lt;b&gt;kami&lt;/b&gt; kirim." in said and f"Permintaan: {ONE}.copy" in said
    typed = {"channel": "counter", "name": "Siti Aminah", "place": "Gang Mawar", "external_ref": "SP4N 7"}
    intake = ask(desk_intake, form(path=f"{path}/baru", **typed))
    assert intake.status_code == 410
    for words in (TEXT[:30], "Nama: Siti Aminah", "Di mana: Gang Mawar", "Nomor rujukan: SP4N 7"):
        assert words in text(intake), words
    assert laksa.case(ONE).state == State.AT_DESK


def test_a_report_written_down_at_the_end_is_taken_with_its_receipt(laksa: World, path: str) -> None:
    laksa.clock.wait(hours=2)
    assert ask(desk_intake, get(f"{path}/baru")).status_code == 410
    answer = ask(desk_intake, form(path=f"{path}/baru", channel="counter"))
    assert answer.status_code == 303
    receipt = answer.headers["Location"].partition("?")[0]
    assert "/laporan/LKS-" in text(ask(desk_intake, get(receipt)))
    laksa.clock.wait(minutes=11)
    assert ask(desk_intake, get(receipt)).status_code == 410


def test_an_old_link_mails_a_new_one_and_says_so(laksa: World, path: str) -> None:
    laksa.clock.wait(days=9)
    assert 'value="renew"' in text(ask(desk_board, get(path)))
    assert press(path, "renew").status_code == 303
    over = ask(desk_board, get(path))
    assert over.status_code == 410 and 'value="renew"' not in text(over)
    assert "Tautan baru sudah dikirim ke alamat email meja operator pada" in text(over)
    asked = press(path, "renew", JSON).get_json()
    assert asked == {"renewed_at": "2026-07-15T09:00:00+07:00"}
    assert [notice.to for notice in laksa.notices() if notice.template == "board_link"] == ["DESK"]
    assert press(path[:-1] + "x", "renew").status_code == 403


def test_opening_the_board_and_each_act_is_one_line_of_the_access_log(laksa: World, path: str) -> None:
    laksa.put(complaint(State.AT_DESK, ticket=TWO))
    for _ in range(2):
        ask(desk_board, get(path))
    assert acts(laksa, BOARD) == [("board", "opened")]
    assert main(["case", "board"]) == 0
    assert acts(laksa, ONE) == acts(laksa, TWO) == []
    press(path, "confirm", **{FIELD: "DLH"})
    press(path, "undo", case=f"{ONE}.1")
    assert acts(laksa, ONE) == [("board", "assign"), ("board", "undo")]
    assert acts(laksa, TWO) == []


def test_an_answer_about_data_is_noted_and_needs_all_words_read(laksa: World, path: str) -> None:
    laksa.put(complaint(State.IN_PROGRESS, ticket=TWO))
    key = container().links.citizen_key(TWO, 1)
    from functions.app.container import services

    take_in(services(), TWO, key, DataAct(COPY, "Kirim salinannya."))
    (before,) = ask(desk_board, get(path, Accept=JSON)).get_json()["data_requests"]
    take_in(services(), TWO, key, DataAct(COPY, "Fotonya juga."))
    said = {"request": f"{TWO}.copy", "result": "done", "message": "Terkirim.", "seen": before["seen"]}
    refused = press(path, "data_done", **said)
    assert refused.status_code == 409
    for words in ("Fotonya juga.", "Terkirim.", "belum terkirim"):
        assert words in text(refused), words
    problem = press(path, "data_done", JSON, **said)
    assert problem.status_code == 409 and "Fotonya juga." in problem.get_json()["data_request"]["message"]
    assert acts(laksa, TWO) == []
    (now,) = ask(desk_board, get(path, Accept=JSON)).get_json()["data_requests"]
    assert press(path, "data_done", **(said | {"seen": now["seen"]})).status_code == 303
    assert acts(laksa, TWO) == [("board", "data_done")]


@pytest.mark.parametrize("fields", [{"restricted": True}, {"decision": {"desk": False}}])
def test_restricted_reports_are_shown_just_after_recording(laksa: World, path: str, fields: dict[str, object]) -> None:
    taken = Arrival(channel="counter", noted_at=MONDAY)
    laksa.put(complaint(State.IN_PROGRESS, "INSPEKTORAT", ticket=TWO, arrival=taken, **fields))
    laksa.put(complaint(State.IN_PROGRESS, ticket=THREE, arrival=taken))
    receipt = f"{path}/baru/{TWO}"
    for words in (TEXT[:30], f"/laporan/{TWO}/"):
        assert words in text(ask(desk_intake, get(receipt)))
    laksa.clock.wait(minutes=10)
    later = ask(desk_intake, get(receipt))
    assert later.status_code == 200 and TWO in text(later)
    assert TEXT[:30] not in text(later) and "/laporan/LKS" not in text(later)
    assert ask(desk_intake, get(receipt, Accept=JSON)).get_json()["url"].endswith(receipt)
    assert TEXT[:30] in text(ask(desk_intake, get(f"{path}/baru/{THREE}")))


def test_where_the_case_went_to_an_institution_nobody_is_to_be_phoned(laksa: World, path: str) -> None:
    laksa.put(complaint(State.EXTERNAL, ticket=TWO, assignment=None, external_to="PLN"))
    answer = press(path, "undo", case=f"{TWO}.1")
    assert answer.status_code == 409
    assert "Bukan tugas kami" not in text(answer) and "diarahkan ke instansi di luar kota" in text(answer)
