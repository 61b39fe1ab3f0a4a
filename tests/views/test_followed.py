"""What the citizen of a merged report reads: their own report, and of its parent no more than anybody may."""

from __future__ import annotations
from dataclasses import replace

import pytest

from functions.views.citizen.page import citizen_json, citizen_page
from functions.views.mail.render import NoticeFacts, render_mail
from tests.views.html_checks import check_page
from tests.views.page_cases import ELDER, KEY, OFFICER, STORIES, TEXT, TICKET, asked, at_desk
from workflows.domain.complaint.transition import CITIZEN
from workflows.errors import FieldError

ANSWER_OF_ITS_CITIZEN = "Lampunya padam lagi"


def page_of(name: str, lang: str = "id") -> str:
    """The page as text, without what is only behind its own timeline."""
    story = STORIES[name]()
    return check_page(citizen_page(story.ctx, story.case, KEY, lang=lang)).text


@pytest.mark.parametrize(
    ("name", "label", "who", "objection"),
    [
        ("merged", "Sedang dikerjakan Dishub", "Dishub", "Bukan masalah yang sama"),
        ("merged_unseen", "Sedang dikerjakan Dishub", "Dishub", "Bukan masalah yang sama"),
        ("merged_answered", "Dijawab, menunggu konfirmasi pelapornya", f"Pelapor {ELDER}", "Belum selesai"),
        ("merged_ended", "Selesai (terkonfirmasi)", "Selesai (terkonfirmasi)", "Belum selesai"),
    ],
)
def test_the_page_says_whose_turn_it_is_never_the_follower_s(name: str, label: str, who: str, objection: str) -> None:
    story = STORIES[name]()
    source = citizen_page(story.ctx, story.case, KEY, lang="id")
    page = check_page(source)
    assert f"Masalah ini sudah dilaporkan juga sebagai {ELDER}" in page.text
    assert f"Kabar laporan {ELDER} {label}" in page.text
    now = source.split('aria-current="step"><h3>')[1].split("</h3>")[0]
    assert now == who
    assert f"<summary>{objection}" in source


def test_of_a_public_parent_offices_words_are_read_its_citizens_not() -> None:
    text = page_of("merged")
    assert text.count(OFFICER.split("\n")[0]) == 1  # accepted; then it asked its citizen
    assert "Dishub bertanya kepada pelapornya" in text and "Pelapornya menjawab pertanyaan" in text
    assert ANSWER_OF_ITS_CITIZEN not in text


def everywhere(name: str) -> str:
    """What a follower reads of a parent's last news: on the page, as a machine, in a letter."""
    story = STORIES[name]()
    return " ".join([page_of(name), str(citizen_json(story.ctx, story.case)), *letter(name, "progress")])


@pytest.mark.parametrize("name", ["merged_called", "merged"])
def test_followers_read_that_there_is_news_where_an_office_was_phoned(name: str) -> None:
    text = everywhere(name)
    assert not [word for word in ("Sudah kami telepon", "Rahmawati", "0813-9876-5432") if word in text]
    assert text.count("Dishub memberi kabar") == 2  # page and machines
    assert "kabar dari Dishub" in text and "Dishub menulis" not in text


def test_of_any_other_only_how_it_stands() -> None:
    text = page_of("merged_unseen")
    assert OFFICER.split("\n")[0] not in text
    assert "Perjalanan laporan yang sama" not in text
    assert "Dishub menjawab paling lambat" in text


def test_machines_read_the_parents_state_beside_the_own_status() -> None:
    story = STORIES["merged"]()
    shape = citizen_json(story.ctx, story.case)
    assert (shape["ticket"], shape["status"], shape["message"]) == (TICKET, "merged", TEXT)
    assert (shape["parent"]["ticket"], shape["parent"]["status"]) == (ELDER, "in_progress")
    assert shape["department"] == {"code": "DISHUB", "name": "Dinas Perhubungan"}
    assert shape["deadline"] and shape["next"]["who"] == "Dishub"
    told = [line["event"] for line in shape["parent"]["timeline"]]
    assert told == ["received", "assigned", "acknowledged", "asked", "replied", "progress"]
    assert not [line for line in shape["parent"]["timeline"] if ANSWER_OF_ITS_CITIZEN in line["text"]]


def test_who_is_next_when_its_citizen_is_is_named_by_number() -> None:
    story = STORIES["merged_answered"]()
    assert citizen_json(story.ctx, story.case)["next"]["who"] == f"Pelapor {ELDER}"
    waiting = at_desk().joins(asked(visibility="public"))
    assert citizen_json(waiting.ctx, waiting.case)["next"]["who"] == f"Pelapor {ELDER}"


def test_an_objection_comes_back_open_with_its_words() -> None:
    story = STORIES["merged"]()
    errors = [FieldError("message", "words_needed")]
    typed = {"action": "dispute", "message": ""}
    source = citizen_page(story.ctx, story.case, KEY, lang="id", errors=errors, typed=typed)
    assert "<details open><summary>Bukan masalah yang sama? Beri tahu kami</summary>" in source
    assert "Laporan Anda berdiri sendiri lagi, dan operator membacanya." in check_page(source).text


# Offices


# Letters


def letter(name: str, template: str, restricted: bool = False, lang: str = "id") -> tuple[str, str]:
    """The news of the last thing that happened to the parent of a story, as its follower reads them."""
    story = STORIES[name]()
    assert story.parent
    seen = story.parent.complaint.evolve(restricted=restricted)
    sequence = max((entry.sequence for entry in story.parent.timeline), default=0)
    notice = NoticeFacts(template, CITIZEN, "", sequence, "https://laksa.example/x", lang, follower=TICKET)
    made = render_mail(story.ctx, replace(story.parent, complaint=seen), notice)
    return made.subject, " ".join(made.text.split())


def test_a_letter_bears_the_follower_s_number_and_tells_of_the_other() -> None:
    subject, text = letter("merged_told", "progress")
    assert subject == f"{TICKET}: kabar dari Dishub"
    assert f"laporan {ELDER}, yang digabung dengan laporan Anda" in text
    assert "Dinas Perhubungan (Dishub) menulis: Sudah kami telepon" in text.replace("> ", "").replace("| ", "")


def test_a_letter_about_what_is_not_public_says_only_how_it_stands() -> None:
    subject, text = letter("merged_unseen", "progress")
    assert subject == f"{TICKET}: ada kabar tentang masalah yang sama"
    assert "Keadaan sekarang: sedang dikerjakan Dishub." in text
    assert "menulis" not in text


def test_a_letter_about_a_restricted_report_says_nothing_at_all() -> None:
    subject, text = letter("merged_unseen", "progress", restricted=True)
    assert subject == f"{TICKET}: ada kabar untuk Anda"
    assert ELDER not in text and "Dishub" not in text
