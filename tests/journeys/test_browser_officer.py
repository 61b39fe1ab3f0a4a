"""An officer's day on a phone without JavaScript: pick an answer and mend it, ask, hand on, send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import PHONE
from tests.journeys.city import City
from tests.journeys.offices import CITIZEN, DISHUB, LAMP, given
from tests.pictures.given import phone_photo

pytestmark = pytest.mark.browser

PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": phone_photo(4, "2031:07:05 08:30:00")}
QUESTION, REPLY = "Tiang nomor berapa?", "Nomor 14, di depan masjid."
DONE = "Lampu di tiang 14 sudah menyala lagi."


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


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
