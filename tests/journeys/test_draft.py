"""What was typed into the form outlives a lost connection, on the phone alone, until it has arrived."""

from __future__ import annotations
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import PHONE
from tests.journeys.city import City
from tests.journeys.offices import DISHUB, LAMP

pytestmark = pytest.mark.browser
KEPT = "localStorage.getItem('laksa.draft')"


@pytest.fixture
def phone(chromium: Any, village: City) -> Iterator[Any]:
    """A phone whose browser runs scripts, with the form open."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(village.url + "/")
    yield page
    context.close()


def write(phone: Any) -> None:
    phone.get_by_label("Apa yang terjadi").fill(LAMP)
    phone.locator("#kelurahan").select_option(label="Cikokol")
    phone.get_by_text("Pertanyaan", exact=True).click()
    phone.locator("#email").fill("bu.guru@contoh.example")
    phone.locator("#name").fill("Bu Guru")


def typed(phone: Any) -> tuple[str, str, bool]:
    kind = phone.locator("input[name=kind][value=pertanyaan]").is_checked()
    return phone.locator("#message").input_value(), phone.locator("#kelurahan").input_value(), kind


def arrives_unanswered(route: Any) -> None:
    """The connection breaks when the report has arrived, before the phone hears of it."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
    route.abort()


def test_what_was_typed_is_there_when_the_form_is_opened_again(phone: Any) -> None:
    assert phone.get_by_text("Isian tersimpan di HP ini sampai terkirim.").is_visible()
    write(phone)
    phone.reload()
    assert typed(phone) == (LAMP, "3671011005", True)


def test_who_wrote_is_never_kept(phone: Any) -> None:
    write(phone)
    kept = phone.evaluate(KEPT)
    assert LAMP in kept
    assert not [word for word in ("bu.guru", "Bu Guru", "email", "name", "phone") if word in kept]


def test_nothing_is_kept_of_what_was_emptied_or_has_arrived(phone: Any) -> None:
    write(phone)
    phone.get_by_label("Apa yang terjadi").fill("")
    assert phone.evaluate(KEPT) is None
    write(phone)
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.wait_for_url("**/laporan/LKS-**")
    phone.wait_for_function(f"{KEPT} === null")


def test_sent_again_after_a_lost_connection_it_is_one_report(village: City, phone: Any) -> None:
    before = len(village.mails(DISHUB))
    write(phone)
    token = phone.locator("input[name=form_token]").input_value()
    phone.route("**/", arrives_unanswered)
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="Kirim laporan").click()
    phone.unroute("**/")
    phone.goto(village.url + "/")
    assert typed(phone) == (LAMP, "3671011005", True)
    assert phone.locator("input[name=form_token]").input_value() == token
    phone.locator("#email").fill("bu.guru@contoh.example")
    phone.locator("#name").fill("Bu Guru")
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.wait_for_url("**/laporan/LKS-**")
    village.idle()
    assert len(village.mails(DISHUB)) == before + 1


def test_a_draft_of_yesterday_is_forgotten(phone: Any) -> None:
    write(phone)
    phone.evaluate(f"localStorage.setItem('laksa.draft', {KEPT}.replace(/\"at\":\\d+/, '\"at\":1'))")
    phone.reload()
    assert typed(phone)[0] == ""
    assert phone.evaluate(KEPT) is None


def test_a_draft_of_another_report_stays_when_a_report_s_page_is_opened(village: City, phone: Any) -> None:
    write(phone)
    other = phone.context.new_page()
    other.goto(village.submit(LAMP).url)
    other.wait_for_load_state("load")
    phone.reload()
    assert typed(phone) == (LAMP, "3671011005", True)


def test_nothing_is_kept_of_what_went_straight_to_another_institution(phone: Any) -> None:
    phone.get_by_label("Apa yang terjadi").fill("Listrik PLN padam sejak pagi di rumah, meteran PLN bunyi terus.")
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.wait_for_url("**/laporan/LKS-**")
    phone.wait_for_function(f"{KEPT} === null")
