"""Letters' stories in a real browser on a phone, without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser import PHONE
from tests.journeys.city import City
from tests.journeys.letters import letters

pytestmark = pytest.mark.browser

LAMP = (
    "Lampu jalan di depan gang kami mati sejak hari Minggu. Kalau malam gelap dan anak-anak takut pulang mengaji."
)


@pytest.fixture
def phone(chromium: Any) -> Any:
    """A cheap phone whose browser runs no script; it tells of every request that leaves Laksa."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


PERMITS = [letter["text"] for letter in letters() if letter["right"] == ["DPMPTSP"]]
STORIES = [(LAMP, "dishub@opd.example"), *((text, "dpmptsp@opd.example") for text in PERMITS)]


@pytest.mark.parametrize(("letter", "office"), STORIES, ids=range(len(STORIES)))
def test_the_whole_story_of_a_letter(village: City, phone: Any, letter: str, office: str) -> None:
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    url = _the_citizen_writes(village, phone, letter)
    _the_officer_answers(village, phone, letter, office)
    _the_citizen_confirms(village, phone)
    phone.goto(url)
    _reads(phone, "terkonfirmasi")
    assert phone.context.cookies() == []
    assert not [r for r in requests if not r.startswith(village.url)]


def _the_citizen_writes(village: City, phone: Any, letter: str) -> str:
    phone.goto(village.url + "/")
    assert phone.get_by_text("112").first.is_visible()
    phone.get_by_label("Apa yang terjadi").fill(letter)
    phone.get_by_label("Kelurahan", exact=False).first.select_option(label="Cikokol")
    phone.locator("#email").fill("bu.guru@contoh.example")
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.wait_for_url("**/laporan/LKS-**")
    assert phone.locator(".qr svg").count() == 1
    return str(phone.url)


def _the_officer_answers(village: City, phone: Any, letter: str, office: str) -> None:
    phone.goto(village.mail(office).link)
    _reads(phone, " ".join(letter.split())[:30])
    assert "bu.guru" not in phone.content()
    phone.get_by_role("button", name="Terima laporan").first.click()
    phone.get_by_label("Jawaban untuk pelapor").fill("Sudah kami periksa dan kerjakan tadi pagi.")
    phone.get_by_role("button", name="Kirim jawaban").click()
    _reads(phone, "Sudah kami periksa")


def _the_citizen_confirms(village: City, phone: Any) -> None:
    phone.goto(village.mail("bu.guru@contoh.example", subject="jawaban").link)
    phone.get_by_role("button", name="Sudah selesai").click()
    _reads(phone, "selesai (terkonfirmasi)")


def _reads(phone: Any, words: str) -> None:
    """The page says these words; waits for the page a button leads to."""
    from playwright.sync_api import expect

    expect(phone.locator("body")).to_contain_text(words, ignore_case=True)


def test_a_form_with_mistakes_comes_back_with_everything_in_it(village: City, phone: Any) -> None:
    from playwright.sync_api import expect

    phone.goto(village.url + "/")
    phone.get_by_label("Apa yang terjadi").fill("lubang")
    phone.locator("#place").fill("Jalan Rasuna, depan pasar")
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone).to_have_title(re.compile("^Perbaiki: "))
    assert phone.locator("#place").input_value() == "Jalan Rasuna, depan pasar"
    assert phone.get_by_label("Apa yang terjadi").input_value() == "lubang"


def test_the_form_weighs_little(village: City) -> None:
    page = village.http.get(village.url + "/")
    parts = [village.http.get(village.url + path) for path in ("/style.css", "/draft.js", "/favicon.svg")]
    assert len(page.content) + sum(len(part.content) for part in parts) <= 30_000
    assert page.text.count("<script") == 1
