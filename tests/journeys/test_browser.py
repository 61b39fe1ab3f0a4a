"""A real browser on a phone without JavaScript: the citizen's form, an officer's day, reports like it."""

from __future__ import annotations
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import PHONE
from tests.journeys.city import City, Ticket
from tests.journeys.letters import letters
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, given
from tests.pictures.given import phone_photo

pytestmark = pytest.mark.browser

NIGHT = "Lampu jalan di depan gang kami mati sejak hari Minggu. Kalau malam gelap dan anak-anak takut pulang mengaji."


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A cheap phone whose browser runs no script; it tells of every request that leaves Laksa."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


PERMITS = [letter["text"] for letter in letters() if letter["right"] == ["DPMPTSP"]]
STORIES = [
    (NIGHT, "dishub@opd.example"),
    *(pytest.param(text, "dpmptsp@opd.example", marks=pytest.mark.whole) for text in PERMITS),
]


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


PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": phone_photo(4, "2031:07:05 08:30:00")}
QUESTION, REPLY = "Tiang nomor berapa?", "Nomor 14, di depan masjid."
DONE = "Lampu di tiang 14 sudah menyala lagi."


def says(phone: Any, words: str) -> None:
    """The page says these words; waits for the page a button leads to."""
    from playwright.sync_api import expect

    expect(phone.locator("body")).to_contain_text(words)


def fold(phone: Any, title: str) -> Any:
    """One of the other things to do, opened."""
    found = phone.locator("details").filter(has=phone.locator("summary", has_text=title))
    found.locator("summary").click()
    return found


def press(part: Any, name: str) -> None:
    part.get_by_role("button", name=name).click()


def test_a_canned_answer_is_picked_mended_and_sent_with_a_photo(village: City, phone: Any) -> None:
    ticket, link = given(village, LAMP, DISHUB)
    phone.goto(link)
    fold(phone, "Jawaban siap pakai").get_by_role("link", name="Lampu sudah menyala").click()
    answer = phone.get_by_label("Jawaban untuk pelapor")
    says(phone, "isi bagian dalam [kurung siku]")
    assert "[lokasi]" in answer.input_value()
    press(phone, "Kirim jawaban")
    says(phone, "Belum terkirim. Semua yang Anda tulis masih ada.")
    assert "[lokasi]" in answer.input_value()
    answer.fill(DONE)
    phone.get_by_label("Foto hasilnya").set_input_files([PHOTO])
    phone.locator("#answer-officer").fill("Bu Rani")
    press(phone, "Kirim jawaban")
    says(phone, "Menunggu pelapor")
    assert phone.locator("section", has_text="Jawaban: sudah dikerjakan").locator("img").count() == 1
    phone.goto(village.mail(CITIZEN, ticket.number, "jawaban").link)
    says(phone, DONE)
    assert phone.get_by_role("img", name="Foto 1 dari OPD").count() == 1


def test_a_question_goes_out_comes_back_and_is_answered(village: City, phone: Any) -> None:
    ticket, link = given(village, LAMP, DISHUB)
    phone.goto(link)
    ask = fold(phone, "Tanya pelapor")
    ask.get_by_label("Pertanyaan Anda").fill(QUESTION)
    press(ask, "Kirim pertanyaan")
    says(phone, "Menunggu jawaban pelapor sampai")
    phone.goto(village.mail(CITIZEN, ticket.number, "perlu keterangan").link)
    says(phone, QUESTION)
    phone.get_by_label("Jawaban Anda").fill(REPLY)
    press(phone, "Kirim jawaban")
    says(phone, "Anda menjawab pertanyaan")
    phone.goto(village.mail(DISHUB, ticket.number, "pelapor sudah menjawab").link)
    fold(phone, "langkah sejak")
    says(phone, REPLY)
    phone.get_by_label("Jawaban untuk pelapor").fill(DONE)
    press(phone, "Kirim jawaban")
    says(phone, "Menunggu pelapor")
    assert ticket.state()["status"] == "answered"


def test_a_unit_drafts_and_the_department_sends_it(village: City, phone: Any) -> None:
    ticket, link = given(village, LAMP, DISHUB)
    phone.goto(link)
    hand_on = fold(phone, "Tugaskan ke unit")
    hand_on.get_by_label("Unit", exact=True).select_option(label="UPT Penerangan Jalan Umum")
    press(hand_on, "Tugaskan")
    says(phone, "Ditugaskan ke UPT PJU")
    phone.goto(village.mail("dishub-pju@opd.example", ticket.number).link)
    phone.get_by_label("Jawaban untuk pelapor").fill(DONE)
    phone.get_by_label("Foto hasilnya").set_input_files([PHOTO])
    press(phone, "Kirim konsep ke Dishub")
    says(phone, "Konsep dari UPT PJU")
    phone.goto(village.mail(DISHUB, ticket.number, "konsep jawaban").link)
    says(phone, "Foto dari konsep")
    assert phone.get_by_label("Kirim foto ini bersama jawaban").is_checked()
    assert phone.get_by_label("Jawaban untuk pelapor").input_value() == DONE
    press(phone, "Kirim jawaban")
    says(phone, "Menunggu pelapor")
    assert DONE in village.mail(CITIZEN, ticket.number, "jawaban").text
    phone.goto(ticket.url)
    assert phone.get_by_role("img", name="Foto 1 dari OPD").count() == 1


MINE = "Lampu jalannya mati semua dari ujung ke ujung.\nSudah seminggu gelap."
STREET = {"place": "Jl. Rasuna Said no. 5", "kelurahan": "Cikokol, Tangerang"}


@pytest.fixture(scope="module")
def like(village: City) -> Ticket:
    """A public report about a lamp in that street, with its department."""
    return given(village, LAMP, DISHUB, visibility="public", **STREET)[0]


def write(phone: Any, village: City, photo: Path) -> None:
    photo.write_bytes(phone_photo())
    phone.goto(village.url + "/")
    phone.get_by_label("Apa yang terjadi").fill(MINE)
    phone.locator("#place").fill("depan pasar, Jalan Rasuna Said")
    phone.locator("#kelurahan").select_option(label="Cikokol")
    phone.locator("#photo").set_input_files(photo)
    phone.locator("#email").fill("bu.guru@contoh.example")
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.get_by_role("heading", name="Mungkin sudah dilaporkan").wait_for()


def arrived(phone: Any, village: City) -> Ticket:
    phone.wait_for_url("**/laporan/LKS-**")
    return Ticket(village, str(phone.url))


def test_who_has_the_same_problem_follows_with_one_tap(village: City, phone: Any, like: Ticket, tmp_path: Path) -> None:
    write(phone, village, tmp_path / "a.jpg")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("button", name="Saya juga mengalami").click()
    mine = arrived(phone, village)
    state = mine.state()
    assert (state["status"], state["message"]) == ("merged", MINE)
    assert mine.number != like.number
    assert village.http.get(mine.url + "/foto/1").status_code == 200


def test_who_means_something_else_changes_it_first_and_loses_nothing(
    village: City, phone: Any, like: Ticket, tmp_path: Path
) -> None:
    write(phone, village, tmp_path / "a.jpg")
    phone.get_by_role("button", name="Ubah laporan saya").click()
    assert phone.get_by_label("Apa yang terjadi").input_value() == MINE
    assert phone.get_by_text("1 foto tersimpan").is_visible()
    phone.get_by_label("Apa yang terjadi").fill(MINE + "\nIni lampu lain.")
    phone.get_by_role("button", name="Kirim laporan").click()
    mine = arrived(phone, village)
    assert mine.state()["message"] == MINE + "\nIni lampu lain."
    assert "/foto/1?kecil=1" in phone.content()
    assert not [file for file in (village.data / "photos").iterdir() if file.name.startswith("form-")]
