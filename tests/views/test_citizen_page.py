"""What the citizen's page says first, what can be done on it, and when it is a receipt."""

import pytest

from functions.views.citizen.ladder import ladder_steps
from functions.views.citizen.page import citizen_page
from tests.sentences import sentences
from tests.views.html_checks import check_page
from tests.views.page_cases import KEY, STORIES, sent
from workflows.errors import ActionNotPossible, FieldError

NOW = dict(sentences("citizen_page", "now"))
HEADLINES = dict(sentences("citizen_page", "headlines"))


def page_of(name: str, lang: str = "id") -> str:
    story = STORIES[name]()
    return citizen_page(story.ctx, story.case, KEY, lang=lang)


@pytest.mark.parametrize(("name", "holder"), NOW.items())
def test_the_ladder_says_who_has_it_now(name: str, holder: str) -> None:
    story = STORIES[name]()
    steps = ladder_steps(story.ctx, story.case, "id")
    assert [step.name for step in steps if step.state == "now"] == [holder]
    assert steps[0].name == "Laksa"


@pytest.mark.parametrize(("name", "words"), HEADLINES.items())
def test_the_status_is_the_headline(name: str, words: str) -> None:
    assert f">{words}</h1>" in page_of(name)


def test_a_full_stop_in_an_institutions_name_does_not_end_the_headline() -> None:
    assert "Ini tugas Dinas PUPR Prov. Banten " in page_of("external_by_desk").split("</h1>")[0]


@pytest.mark.parametrize(("name", "words"), sentences("citizen_page", "a_deadline_that_has_passed_is"))
def test_a_deadline_that_has_passed_is_said_and_not_promised(name: str, words: str) -> None:
    lead = page_of(name).split('class="lead">')[1].split("</p>")[0]
    assert words in lead.replace("<b>", "").replace("</b>", "")


def test_after_an_objection_the_new_deadline_counts_and_not_the_old_one() -> None:
    assert "Jawaban baru paling lambat" in page_of("reopened")
    assert "melewati batas waktu" not in page_of("reopened")


def test_steps_still_to_come_are_dated_while_somebody_owes_an_answer() -> None:
    story = STORIES["assigned"]()
    coming = [s for s in ladder_steps(story.ctx, story.case, "id") if s.state == "coming"]
    assert [s.name for s in coming] == ["Kepala Dishub", "Sekretaris Daerah", "Wali Kota"]
    assert coming[0].note == "Berikutnya, bila belum ada jawaban sampai 13 Nov 2026"


def test_the_first_hour_leads_with_the_number_and_the_link_to_keep() -> None:
    source = page_of("receipt")
    assert "Terima kasih. Laporan Anda tersimpan dengan nomor" in source.split("</h1>")[0]
    assert source.index('class="card keep ') < source.index('class="ladder"')
    assert source.index("terkirim tanpa foto ke-3: bukan JPEG, PNG atau WebP.") < source.index('class="card keep ')


def test_later_the_status_leads_and_the_link_stands_at_the_end() -> None:
    source = page_of("received")
    assert "Terima kasih" not in source
    assert source.index('class="line"') < source.index('class="card keep ')


def test_only_without_a_contact_the_link_is_called_the_only_way_back() -> None:
    assert "Hanya tautan dan kode ini jalan Anda kembali" in page_of("received")
    for known, asked in ({"has_email": True}, "email Anda"), ({"phone_only": True}, "nomor HP Anda"):
        story = sent(**known).later(hours=3)
        page = citizen_page(story.ctx, story.case, KEY, lang="id")
        assert "Hanya tautan dan kode ini" not in page
        assert f"lalu isi nomor laporan dan {asked}." in page


def test_the_card_has_a_code_to_read_aloud_and_is_printed_alone() -> None:
    story = sent()
    code = story.ctx.links.spoken_code(story.case.complaint.ticket, 1)
    page = citizen_page(story.ctx, story.case, KEY, lang="id")
    assert f'<b class="code spoken" translate="no">{code}</b>' in page
    assert '<link rel="stylesheet" href="/keep.css?v=' in page
    later = story.later(hours=3)
    assert "/keep.css" not in citizen_page(later.ctx, later.case, KEY, lang="id")


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("assigned", ["add", "withdraw"]),
        ("answered", ["confirm", "dispute", "rate"]),
        ("confirmed", ["dispute", "rate"]),
        ("asked_whether_solved", ["confirm", "dispute", "rate"]),
        ("rejected", ["dispute", "rate"]),
        ("merged", ["dispute", "rate", "withdraw"]),
        ("withdrawn", []),
    ],
)
def test_only_what_the_state_allows_can_be_pressed(name: str, actions: list[str]) -> None:
    buttons = check_page(page_of(name)).all("button", name="action")
    assert [button["value"] for button in buttons] == [*actions, "data"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("id", "Hari ini keterangan sudah ditambah 20 kali. Tulisan ini masih ada di bawah; kirim lagi besok."),
        ("en", "Details have been added 20 times today. What you wrote is still below; please send it again"),
    ],
)
def test_an_addition_too_many_comes_back_and_says_when_to_send_it(lang: str, said: str) -> None:
    story = STORIES["assigned"]()
    errors = [FieldError("message", "too_many_today", {"max": 20})]
    typed = {"action": "add", "message": "Ada lagi."}
    page = check_page(citizen_page(story.ctx, story.case, KEY, lang=lang, errors=errors, typed=typed))
    assert said in page.text and "Ada lagi." in page.text


def test_a_step_that_is_no_longer_possible_keeps_what_was_written() -> None:
    story = STORIES["reopened"]()
    error = ActionNotPossible("dispute", "in_progress", ())
    typed = {"action": "dispute", "message": "Masih padam"}
    source = citizen_page(story.ctx, story.case, KEY, lang="id", typed=typed, conflict=error)
    assert "karena laporan sekarang sedang dikerjakan OPD yang berwenang." in check_page(source).text
    assert ">Masih padam</p>" in source


@pytest.mark.parametrize(("name", "first", "also"), sentences("citizen_page", "a_restricted_report_begins_with_what"))
def test_a_restricted_report_begins_with_what_its_citizen_must_know(name: str, first: str, also: str) -> None:
    source = page_of(name)
    assert source.index(first) < source.index("<h1")
    assert also in source


def test_only_a_page_about_violence_can_be_left_quickly() -> None:
    assert "Tutup halaman ini" in page_of("kdrt")
    assert "Tutup halaman ini" not in page_of("pungli")


def test_weeks_later_the_page_asks_its_one_question_and_after_yes_no_more() -> None:
    asked = check_page(page_of("asked_whether_solved")).text
    assert "Apakah masalahnya benar-benar selesai?" in asked and "Setelah ini kami tidak bertanya lagi." in asked
    assert "benar-benar selesai" not in page_of("solved_weeks_later")
    assert "Is it really solved?" in page_of("asked_whether_solved", "en")
