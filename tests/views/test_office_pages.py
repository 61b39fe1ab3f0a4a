"""The officer's and the desk's page: what they ask, what they allow, what comes back after an error."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.views.desk.page import desk_page
from functions.views.officer.page import officer_page
from functions.views.shared.office_case import WORDS as KINDS
from functions.views.shared.office_case import draft_shape, hours_words
from tests.sentences import sentences
from tests.views.html_checks import Page, check_page
from tests.views.page_cases import PHOTOS, STORIES, by_mail
from workflows.domain.actions.officer import answer, draft, progress
from workflows.domain.complaint.records import AnswerDraft, LeftOut, PhotoFacts
from workflows.domain.complaint.transition import UNIT, Transition
from workflows.errors import ActionNotPossible, DraftChanged, FieldError

PROOF = PhotoFacts(3, "unit", width=800, height=600)


def officer(name: str, role: str = "department", **shown: object) -> str:
    story = STORIES[name]()
    return officer_page(story.ctx, story.case, role, **shown)  # type: ignore[arg-type]


def desk(name: str, **shown: object) -> str:
    story = STORIES[name]()
    return desk_page(story.ctx, story.case, **shown)  # type: ignore[arg-type]


def actions(source: str) -> list[str]:
    page = Page(source)
    values = page.all("input", name="action") + page.all("button", name="action")
    return [tag["value"] or "" for tag in values]


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (
            "assigned",
            ["acknowledge", "answer", "ask", "progress", "schedule", "delegate", "forward", "not-ours", "renew"],
        ),
        ("in_progress", ["answer", "ask", "progress", "schedule", "delegate", "forward", "not-ours", "renew"]),
        ("answered", ["renew"]),
        ("confirmed", ["renew"]),
        ("external", ["renew"]),
    ],
)
def test_an_officer_sees_only_what_works_now(name: str, allowed: list[str]) -> None:
    assert actions(officer(name)) == allowed


@pytest.mark.parametrize(("name", "words"), sentences("office_pages", "the_officer_reads_what_the_state"))
def test_the_officer_reads_what_the_state_asks(name: str, words: str) -> None:
    assert words in check_page(officer(name)).text


@pytest.mark.parametrize(("name", "tag"), sentences("office_pages", "how_long_is_left_stands_beside"))
def test_how_long_is_left_stands_beside_the_number(name: str, tag: str) -> None:
    assert f">{tag}</span>" in officer(name)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-50, "lewat 2 hari"), (-1.5, "lewat 1 jam"), (0, "lewat kurang dari 1 jam"), (0.5, "sisa kurang dari 1 jam")],
)
def test_where_there_is_danger_every_hour_counts(hours: float, words: str) -> None:
    now = STORIES["assigned_urgent"]().now
    assert hours_words(now + timedelta(hours=hours), now) == words


def test_what_happens_if_nobody_acts_is_said() -> None:
    words = "Bila belum dijawab sampai Jumat, 13 November 2026 pukul 16.00 WIB, laporan naik ke Kepala Dishub."
    assert words in officer("assigned")
    assert "tetap di sana sampai dijawab" in officer("mayor")


def test_after_one_objection_both_sides_read_who_decides_on_the_next() -> None:
    until = "Menunggu pelapor sampai Rabu, 25 November 2026 pukul 16.00 WIB."
    again = "Bila pelapor keberatan, operator memilih siapa yang menjawab."
    assert f"Sudah Anda jawab. {until} {again}" in check_page(officer("answered_again")).text
    assert f"Sudah dijawab Dishub. {until} {again}" in check_page(desk("answered_again")).text
    assert "operator memilih siapa" not in check_page(officer("answered")).text


def test_what_was_typed_comes_back_in_its_own_form_only() -> None:
    errors = [FieldError("date", "date_too_far", {"days": 60})]
    typed = {"action": "schedule", "date": "2027-12-12", "message": "Ganti tiang", "officer": "Budi"}
    page = check_page(officer("assigned", errors=errors, typed=typed))
    assert page.title.startswith("Perbaiki: ")
    assert page.all("input", id="schedule-date")[0]["aria-invalid"] == "true"
    assert [tag["value"] for tag in page.all("input", name="officer")].count("Budi") == 1
    assert "Tanggal ini lebih dari 60 hari lagi." in page.text


@pytest.mark.parametrize(
    ("state", "label"),
    [
        ("answered", "dijawab, menunggu konfirmasi pelapor"),
        ("waiting_for_citizen", "menunggu kelengkapan dari pelapor"),
    ],
)
def test_what_is_not_possible_speaks_to_offices_of_the_citizen(state: str, label: str) -> None:
    conflict = ActionNotPossible("schedule", state, ("renew",))
    for page in (officer("answered", conflict=conflict), desk("at_desk", conflict=conflict)):
        text = check_page(page).text
        assert f"karena laporan sekarang {label}" in text


def test_an_answer_that_came_second_is_kept_and_the_first_one_named() -> None:
    conflict = ActionNotPossible("answer", "answered", ("renew",))
    typed = {"action": "answer", "message": "Sudah kami ganti."}
    text = check_page(officer("answered", typed=typed, conflict=conflict)).text
    assert "sudah menjawab pada Rabu, 11 November 2026 pukul 12.43 WIB. Tulisan Anda masih ada di bawah." in text
    assert "Sudah kami ganti." in text


def drafted(role: str = "department", **shown: object) -> Page:
    """The page of a case whose draft, number 7, has a photo."""
    story = STORIES["drafted"]()
    assert story.complaint.draft
    draft = replace(story.complaint.draft, photos=(PROOF.n,), sequence=7)
    story = story.with_fields(photos=(*PHOTOS, PROOF), draft=draft)
    page = check_page(officer_page(story.ctx, story.case, role, **shown))  # type: ignore[arg-type]
    assert page.all("img", src=f"{story.case.path}/foto/3?kecil=1")
    return page


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        ({"draft": "7", "draft_photos": "yes"}, True),
        ({"draft": "7"}, False),
        ({"draft": "6", "draft_photos": "yes"}, False),
        ({}, False),
    ],
)
def test_photos_left_out_or_not_seen_are_not_ticked_when_a_form_returns(typed: dict[str, str], ticked: bool) -> None:
    wrong = [FieldError("message", "words_needed")]
    page = drafted(typed={"action": "answer", "message": ""} | typed, errors=wrong)
    assert page.all("input", name="draft")[0]["value"] == "7"
    assert ("checked" in page.all("input", name="draft_photos")[0]) == ticked


@pytest.mark.parametrize(
    ("typed", "shown"), [({"draft": "6", "draft_photos": "yes"}, True), ({"draft": "7"}, False), ({}, True)]
)
def test_a_newer_draft_is_read_beside_the_form_that_comes_back(typed: dict[str, str], shown: bool) -> None:
    page = drafted(typed={"action": "answer", "message": "Tulisan saya."} | typed, errors=[])
    assert ("Konsep yang baru dari Bidang OP" in page.text) == shown
    assert "Tulisan saya.</textarea>" in page.source


def test_an_answer_to_a_draft_that_was_replaced_is_not_sent_and_says_why() -> None:
    conflict = DraftChanged(AnswerDraft("Sudah."))
    text = drafted(typed={"action": "answer", "message": "Saya.", "draft": "6"}, conflict=conflict).text
    assert "Ada konsep jawaban yang baru sejak halaman ini dibuka" in text
    assert "Tulisan Anda masih ada di bawah." in text and "Konsep yang baru dari Bidang OP" in text


def test_a_draft_that_was_replaced_can_be_read_and_taken_up_again() -> None:
    page = check_page(officer("drafted_again"))
    whose = "Konsep dari Bidang OP (Rani"
    assert "Konsep sebelumnya yang digantikan" in page.text and whose in page.text
    assert page.all("a", href="?konsep=sebelumnya#jawab")
    assert "Kami keruk besok." in page.source.split("<textarea", 1)[1].split("</textarea>", 1)[0]
    taken_up = check_page(officer("drafted_again", picked_earlier=True))
    assert "Sudah kami cek." in taken_up.source.split("<textarea", 1)[1].split("</textarea>", 1)[0]
    assert taken_up.all("input", name="draft")[0]["value"] == page.all("input", name="draft")[0]["value"]
    assert "Konsep sebelumnya" not in check_page(officer("drafted", picked_earlier=True)).text


def test_replaced_photos_are_seen_with_the_draft_they_came_with() -> None:
    story = STORIES["delegated"]().with_fields(photos=(*PHOTOS, PROOF, replace(PROOF, n=4)))
    story.officer(draft, role=UNIT, photos=(3,)).officer(draft, role=UNIT, photos=(4,))
    page = check_page(officer_page(story.ctx, story.case, "department"))
    folded = page.source.split("Konsep sebelumnya", 1)[1].split("</details>", 1)[0]
    assert "/foto/3?kecil=1" in folded and "/foto/4" not in folded


@pytest.mark.parametrize("foreign", [True, False])
def test_a_draft_from_an_address_that_is_not_the_office_s_says_so(foreign: bool) -> None:
    story = by_mail(STORIES["assigned"](), foreign=foreign)
    text = check_page(officer_page(story.ctx, story.case, "department")).text
    assert ("Konsep dari balasan email dari alamat lain, " in text) == foreign
    assert ("Alamat pengirimnya bukan alamat terdaftar kantor Anda" in text) == foreign
    assert story.complaint.draft and draft_shape(story.complaint.draft).get("foreign", False) == foreign


@pytest.mark.parametrize("act", [answer, progress, draft])
def test_a_photo_that_did_not_come_through_is_named_until_the_next_act(act: Callable[..., Transition]) -> None:
    role = UNIT if act is draft else "department"
    story = STORIES["delegated"]().officer(act, role=role, left_out=(LeftOut(1, "damaged"),))
    words = "Terkirim tanpa foto: berkasnya rusak."
    page = check_page(officer_page(story.ctx, story.case, role))
    assert page.text.index(words) < page.text.index("Riwayat")
    story.officer(progress)
    assert page.text.count(words) == 2
    assert officer_page(story.ctx, story.case, role).count(words) == 1


def test_photos_of_an_answer_that_came_second_are_said_to_be_lost() -> None:
    conflict = ActionNotPossible("answer", "answered", ("renew",))
    typed = {"action": "answer", "message": "Sudah kami ganti."}
    text = check_page(officer("answered", typed=typed, conflict=conflict, photos_again=True)).text
    assert "Foto yang Anda pilih tidak ikut tersimpan." in text
    assert "Foto yang Anda pilih" not in check_page(officer("answered", typed=typed, conflict=conflict)).text


def test_an_answer_that_is_a_photo_shows_it() -> None:
    story = STORIES["assigned"]().with_fields(photos=(*PHOTOS, PROOF))
    story.officer(answer, message="", photos=(PROOF.n,))
    source = officer_page(story.ctx, story.case, "department").split("Tindakan lain")[0]
    assert f'src="{story.case.path}/foto/3?kecil=1"' in source


def test_a_head_opens_the_page_as_head_and_may_schedule_further() -> None:
    page = check_page(officer("assigned", role="head"))
    assert "Kepala Dishub" in page.title or "Laksa Kepala Dishub" in page.text
    assert (page.all("input", id="schedule-date")[0]["max"] or "") > "2027-06"


def test_the_desk_offers_the_three_best_departments_each_one_press_away() -> None:
    page = check_page(desk("at_desk"))
    assert [tag["value"] for tag in page.all("button", name="to")] == ["DISHUB", "PUPR", "DLH"]
    assert "Keyakinan 30 persen; menyebut “lampu”" in page.text


def test_a_matter_of_others_is_named_first_and_leads_to_its_form() -> None:
    story = STORIES["at_desk"]()
    decision = {**(story.complaint.decision or {}), "opd": "EXTERNAL"}
    story = story.with_fields(decision=decision)
    source = desk_page(story.ctx, story.case)
    page = check_page(source)
    assert "Saran pertama: PT PLN (Persero), bukan kewenangan kota (menyebut “lampu”" in page.text
    assert source.index("Saran pertama") < source.index("Pilih OPD")
    assert "<details open><summary>Arahkan ke instansi di luar kota" in source
    assert page.all("a", href="#external-to") and page.all("select", id="external-to")
    assert page.all("option", selected="") == []
    assert [tag["value"] for tag in page.all("button", name="to")] == ["DISHUB", "PUPR", "DLH"]


@pytest.mark.parametrize(("name", "page"), [("at_desk", desk_page), ("pungli", officer_page)])
def test_neither_the_accused_nor_who_is_kept_out_can_be_chosen(name: str, page: Callable[..., str]) -> None:
    story = STORIES[name]()
    decision = {**(story.complaint.decision or {}), "accuses": "DISHUB", "kept_out": ["DISHUB", "SETDA"]}
    story = story.with_fields(decision=decision)
    source = page(story.ctx, story.case, *["department"] * (page is officer_page))
    shown = check_page(source)
    offered = {tag["value"] for tag in (*shown.all("option"), *shown.all("button", name="to"))}
    assert {"PUPR", "BKPSDM"} <= offered
    assert not offered & {"DISHUB", "SETDA"}


def test_choosing_the_accused_all_the_same_is_refused_in_plain_words() -> None:
    refused = [FieldError("to", "accused", {"opd": "Dishub"})]
    page = check_page(desk("at_desk", errors=refused, typed={"action": "assign"}))
    assert "Dishub dilaporkan di sini" in page.text


@pytest.mark.parametrize(("name", "note"), sentences("office_pages", "the_operator_reads_why_the_case"))
def test_the_operator_reads_why_the_case_is_here_or_where_it_went(name: str, note: str) -> None:
    assert note in check_page(desk(name)).text


@pytest.mark.parametrize(("kind", "tag", "mark"), sentences("office_pages", "the_operator_sees_what_sort_of"))
def test_the_operator_sees_what_sort_of_letter_it_is(kind: str, tag: str, mark: str) -> None:
    story = STORIES["at_desk"]()
    story = story.with_fields(decision={**(story.complaint.decision or {}), "kind": kind})
    source = desk_page(story.ctx, story.case)
    tags = [word for word in KINDS.values() if f'<span class="tag">{word}</span>' in source]
    assert tags == ([tag] if tag else [])
    marks = [line for line in source.splitlines() if line.startswith('<p class="note wait first">')]
    assert (len(marks) == 1 and mark in marks[0]) if mark else marks == []
    assert check_page(source)


def test_once_decided_the_desk_can_only_say_it_is_the_same_as_another() -> None:
    source = desk("assigned_by_desk")
    assert actions(source) == ["merge"]
    assert "<summary>Gabungkan dengan laporan yang sama</summary>" in source
    assert "Gabungkan" not in desk("merged") + desk("answered")


def test_a_missing_reason_comes_back_with_the_fold_open_and_the_words_kept() -> None:
    typed = {"action": "reject", "reason": "", "message": "Sudah ada"}
    source = desk("at_desk", errors=[FieldError("reason", "bad_choice")], typed=typed)
    assert check_page(source).title.startswith("Perbaiki: ")
    assert "<details open><summary>Arsipkan" in source
    assert "Sudah ada</textarea>" in source
    newer, wrong = typed | {"action": "of_the_next_release"}, [FieldError("action", "bad_choice")]
    for source in (desk("at_desk", errors=wrong, typed=newer), officer("assigned", errors=wrong, typed=newer)):
        assert "Sudah ada</p>" in source
