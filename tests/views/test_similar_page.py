"""The page of reports like the one that is about to be sent: what it shows of others, and all that it carries."""

from __future__ import annotations
import re
from typing import Any

import pytest

from functions.views.citizen.similar_page import FIRST_WORDS, first_words, similar_page
from functions.views.shared.forms import RedisplayedForm
from tests.views.html_checks import Page, check_page
from tests.views.page_cases import ATTACK, PERSONAL, STORIES, TEXT, Story
from workflows.citizen.staged_photos import Kept
from workflows.domain.complaint.model import OPEN, State

pytestmark = pytest.mark.slow

TYPED = {"message": "Lampu mati.\nSemua.", "place": "Jl. Rasuna", "email": "a@contoh.example", "phone": ""}
INDONESIAN = re.compile(r"\b(laporan|anda|dilaporkan|kirim|foto|pelapor)\b", re.IGNORECASE)
OPEN_STORIES = [name for name, story in STORIES.items() if story().complaint.state in OPEN - {State.RECEIVED}]


def going_back(**shown: Any) -> RedisplayedForm:
    """A form with something typed into it."""
    return RedisplayedForm(
        **{"values": TYPED, "token": "the-form's-token", "kept": Kept(), "leaves_photos": False, **shown}
    )


def page_of(story: Story, lang: str = "id", **form: Any) -> Page:
    return check_page(similar_page(story.ctx, lang, [story.complaint], going_back(**form)))


@pytest.mark.parametrize("name", OPEN_STORIES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_stands_in_every_state_and_names_nobody(name: str, lang: str) -> None:
    page = page_of(STORIES[name](), lang)
    assert len(page.all("h1")) == 1
    assert not [secret for secret in PERSONAL if secret in page.source]
    assert "konfirmasi Anda" not in page.text and "dari Anda" not in page.text
    assert "<img" not in page.source


def test_a_report_has_its_kind_place_date_and_state() -> None:
    story = STORIES["assigned"]()
    page = page_of(story)
    assert story.ctx.labels.category(story.complaint.category) in page.text
    assert "Dilaporkan Senin, 9 November 2026" in page.text
    assert "Didisposisikan ke Dishub" in page.text
    assert page.all("button", name="follow", value=story.complaint.ticket)
    assert story.complaint.ticket not in page.text


def test_everything_typed_goes_along_with_the_token_and_that_it_was_seen() -> None:
    hidden = page_of(STORIES["assigned"](), kept=Kept(2), leaves_photos=True).all("input", type="hidden")
    assert {tag["name"]: tag["value"] for tag in hidden} == {
        "message": "Lampu mati.\nSemua.",
        "place": "Jl. Rasuna",
        "email": "a@contoh.example",
        "lang": "id",
        "form_token": "the-form's-token",
        "similar": "seen",
        "kept_photos": "yes",
        "leave_photos": "yes",
    }


def test_photos_that_go_along_are_named() -> None:
    assert "2 foto tersimpan" in page_of(STORIES["assigned"](), kept=Kept(2)).text
    assert "foto tersimpan" not in page_of(STORIES["assigned"](), kept=Kept(2), leaves_photos=True).text
    assert "foto tersimpan" not in page_of(STORIES["assigned"]()).text


def test_hostile_words_stay_words() -> None:
    page = page_of(STORIES["assigned"](), values=dict.fromkeys(TYPED, ATTACK), token=ATTACK)
    assert page.all("script") == [] and page.all("img") == []
    assert {tag["value"] for tag in page.all("input", name="place")} == {ATTACK}


def test_the_first_words_end_with_a_word_and_hide_a_number_at_the_end() -> None:
    assert first_words("Lampu  mati\nsejak Senin.") == "Lampu mati sejak Senin."
    across = "a" * (FIRST_WORDS - 12) + " 0812-3456-7890 dan seterusnya"
    assert "0812" not in first_words(across) and first_words(across).endswith(" …")
    assert first_words("kata, " * 99).removesuffix(" …")[-4:] == "kata"
    assert len(first_words("x" * 999)) <= FIRST_WORDS + 2
    assert len(first_words(TEXT)) <= FIRST_WORDS + 2
