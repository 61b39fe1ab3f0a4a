"""What an officer's form brings to the functions: nothing of it is lost without a word, to people and machines."""

from __future__ import annotations

import pytest

from functions.app.container import container
from functions.case_page import case_page
from tests.builders import complaint
from tests.functions.requests import ask, form, get, token
from tests.pictures.given import phone_photo
from tests.views.html_checks import check_page
from tests.workflows.world import World
from workflows.domain.actions.officer import draft_of
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import numbered
from workflows.photos import store_photos

pytestmark = pytest.mark.slow

PHOTO, JSON = phone_photo(), "application/json"


@pytest.fixture
def link(laksa: World) -> str:
    """The page of a case at DLH."""
    laksa.put(complaint(State.ASSIGNED))
    return f"/opd/{token()}"


@pytest.fixture
def drafted(laksa: World) -> str:
    """A case at DLH with a draft, number 7, that has one photo; the page's path."""
    kept = store_photos(laksa.services, complaint().ticket, "unit", [PHOTO])
    now = container().clock.now()
    draft = draft_of("Sudah kami ganti.", "done", "unit", "Pak Udin", now, photos=(1,), sequence=7)
    laksa.put(complaint(State.ASSIGNED, photos=numbered((), kept.photos), sequence=7, draft=draft))
    return f"/opd/{token()}"


@pytest.mark.parametrize(
    "fields", [{"draft": "6", "draft_photos": "yes"}, {"draft": "6"}, {"draft": "0"}, {"draft_photos": "yes"}], ids=str
)
def test_an_answer_to_an_older_draft_comes_back(laksa: World, drafted: str, fields: dict[str, str]) -> None:
    typed = {"action": "answer", "message": "Lampu di tiang 14 menyala.", "officer": "Bu Rani", **fields}
    answer = ask(case_page, form(path=drafted, outcome="not_done", **typed))
    assert answer.status_code == 409
    page = check_page(answer.get_data(as_text=True))
    assert "Ada konsep jawaban yang baru sejak halaman ini dibuka, dan jawaban Anda belum terkirim." in page.text
    assert "Pak Udin" in page.text and "Sudah kami ganti." in page.text
    assert "Lampu di tiang 14 menyala.</textarea>" in page.source
    assert page.all("input", id="answer-officer")[0]["value"] == "Bu Rani"
    assert "checked" in page.all("input", name="outcome", value="not_done")[0]
    assert page.all("input", name="draft")[0]["value"] == "7"
    assert page.all("img", src=f"{drafted}/foto/1?kecil=1")
    assert "checked" not in page.all("input", name="draft_photos")[0]
    assert laksa.case(complaint().ticket).state == State.ASSIGNED


def test_a_machines_answer_to_an_older_draft_is_a_conflict_with_the_newer(laksa: World, drafted: str) -> None:
    answer = ask(case_page, form(path=drafted, accept=JSON, action="answer", message="Sudah.", draft="6"))
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    problem = answer.get_json()
    assert (problem["title"], problem["status"]) == ("Konsep jawaban sudah berganti", 409)
    words = "Sudah kami ganti."
    assert problem["draft"] == {"draft": "7", "message": words, "outcome": "done", "photos": [1]}
    fields = {"draft": "7", "draft_photos": "yes", "action": "answer", "message": words}
    assert ask(case_page, form(path=drafted, accept=JSON, **fields)).status_code == 200


def test_a_machine_reads_the_draft_before_it_answers(drafted: str) -> None:
    draft = ask(case_page, get(drafted, Accept=JSON)).get_json()["draft"]
    assert draft == {"draft": "7", "message": "Sudah kami ganti.", "outcome": "done", "photos": [1]}


def test_an_answer_has_the_blanks_of_its_canned_words_filled_in(link: str) -> None:
    fields = {"action": "answer", "message": "Lampu [LED] di [lokasi] menyala sejak [tanggal]."}
    answer = ask(case_page, form(path=link, accept=JSON, **fields))
    assert answer.status_code == 422
    (error,) = answer.get_json()["errors"]
    assert error["code"] == "fill_blanks" and "[lokasi], [tanggal]" in error["message"]
    assert "[LED]" not in error["message"]


def test_an_answer_whose_draft_has_gone_out_says_so(link: str) -> None:
    fields = {"action": "answer", "draft": "6", "message": "Lampu menyala."}
    page = ask(case_page, form(path=link, **fields)).get_data(as_text=True)
    assert "Konsep jawaban yang Anda buka sudah tidak ada" in page and "Lampu menyala.</textarea>" in page
    assert ask(case_page, form(path=link, accept=JSON, **fields)).get_json()["draft"] is None


@pytest.mark.parametrize("action", ["answer", "progress"])
def test_photos_alone_that_cannot_be_used_come_back_with_each_one_s_reason(link: str, action: str) -> None:
    sent = [("surat.pdf", b"%PDF-1.7"), ("b.jpg", PHOTO[:3000])]
    fields = {"action": action, "message": "", "officer": "Bu Rani"}
    answer = ask(case_page, form(*sent, path=link, **fields))
    assert answer.status_code == 422
    page = check_page(answer.get_data(as_text=True))
    first, second = "bukan JPEG, PNG atau WebP", "berkasnya rusak"
    why = f"Foto ke-1 tidak dapat dipakai: {first}. Foto ke-2 tidak dapat dipakai: {second}."
    assert page.text.count(f"{why} Pilih foto lain, atau tulis sedikit.") == 2
    assert page.all("input", id=f"{action}-photo")[0]["aria-invalid"] == "true"
    assert page.all("input", id=f"{action}-officer")[0]["value"] == "Bu Rani"
    assert "Tulis sedikit supaya" not in page.text and "Pilih lagi." not in page.text
    problem = ask(case_page, form(*sent, path=link, accept=JSON, **fields)).get_json()
    first, second = problem["errors"]
    assert first == {
        "field": "photo",
        "code": "not_a_photo",
        "message": "Foto ke-1 tidak dapat dipakai: bukan JPEG, PNG atau WebP.",
    }
    assert (second["field"], second["code"]) == ("photo", "damaged")


def test_one_photo_alone_needs_no_number(link: str) -> None:
    huge = ("a.jpg", PHOTO + b"\0" * (9 << 20))
    answer = ask(case_page, form(huge, path=link, action="answer", message=""))
    assert "Foto ini tidak dapat dipakai: lebih dari 8 MB. Pilih foto lain" in answer.get_data(as_text=True)


def test_more_photos_than_three_are_named_too(link: str) -> None:
    sent = form(*[("a.jpg", b"x")] * 4, path=link, accept=JSON, action="answer", message="")
    last = ask(case_page, sent).get_json()["errors"][-1]
    assert last["message"] == "Foto ke-4 tidak dapat dipakai: bukan JPEG, PNG atau WebP."


def test_photos_left_out_of_an_act_are_named_to_machines_on_repeats_too(link: str) -> None:
    sent = [("a.jpg", PHOTO), ("surat.pdf", b"%PDF-1.7")]
    for _ in range(2):
        fields = {"action": "progress", "message": "Sedang dikerjakan."}
        answer = ask(case_page, form(*sent, path=link, accept=JSON, **fields))
        why = "Terkirim tanpa foto ke-2: bukan JPEG, PNG atau WebP."
        assert answer.status_code == 200
        assert answer.get_json()["left_out"] == [{"n": 2, "code": "not_a_photo", "message": why}]
    assert why in check_page(ask(case_page, get(link)).get_data(as_text=True)).text
    whole = ask(case_page, form(sent[0], path=link, accept=JSON, action="answer", message=""))
    assert (whole.status_code, "left_out" in whole.get_json()) == (200, False)
