"""In a real browser on a phone without JavaScript: somebody else has reported it, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import PHONE
from tests.journeys.city import City, Ticket
from tests.journeys.offices import DISHUB, LAMP, given
from tests.pictures.given import phone_photo

pytestmark = pytest.mark.browser

MINE = "Lampu jalannya mati semua dari ujung ke ujung.\nSudah seminggu gelap."
STREET = {"place": "Jl. Rasuna Said no. 5", "kelurahan": "Cikokol, Tangerang"}


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A cheap phone whose browser runs no script."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


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


def test_who_has_the_same_problem_follows_with_one_tap(
    village: City, phone: Any, like: Ticket, tmp_path: Path
) -> None:
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
