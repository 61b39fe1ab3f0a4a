"""The operator's morning in a real browser, without JavaScript: on a phone and at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import DESKTOP, PHONE, violations
from tests.journeys.city import City
from tests.journeys.offices import CITIZEN, DESK, VAGUE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def link(village: City) -> str:
    """The board of a morning on which twelve reports wait."""
    village.later(minutes=1)
    for n in range(12):
        village.submit(f"{VAGUE} Ini yang ke-{n}.", email=CITIZEN)
    for _ in range(14):
        village.later(days=1)
        mornings = [mail for mail in village.mails(DESK) if mail.subject.startswith("Laksa ")]
        if mornings:
            return mornings[-1].link
    raise AssertionError("no letter in two weeks")


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360", "1280"])
def screen(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport=request.param, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_an_operator_sends_three_on_and_takes_one_back(link: str, screen: Any) -> None:
    from playwright.sync_api import expect

    screen.goto(link)
    before = screen.locator(".case").count()
    for n, office in enumerate(("DLH", "Dishub", "Satpol PP")):
        screen.get_by_label("Teruskan ke").nth(n).select_option(value=_value(screen, n, office))
    screen.get_by_role("button", name="Pratinjau").click()
    expect(screen.locator("h1")).to_have_text("3 laporan akan dikirim")
    screen.get_by_role("button", name="Ubah pilihan").click()
    assert screen.locator("select").nth(1).input_value() == "DISHUB"
    screen.get_by_role("button", name="Pratinjau").click()
    screen.get_by_role("button", name="Simpan 3 laporan").click()
    expect(screen.locator(".case")).to_have_count(before - 3)
    undo = screen.get_by_role("button", name="Batalkan")
    pressed = undo.count()
    undo.first.click()
    expect(screen.locator(".case")).to_have_count(before - 2)
    expect(screen.get_by_role("button", name="Batalkan")).to_have_count(pressed - 1)
    assert screen.context.cookies() == []


def test_the_bar_with_the_button_hides_no_field_that_has_the_focus(link: str, screen: Any) -> None:
    screen.goto(link)
    for _ in range(screen.locator("select").count() * 2 + 6):
        screen.keyboard.press("Tab")
        focus = screen.locator("select:focus")
        if focus.count():
            field, bar = focus.bounding_box(), screen.locator(".save").bounding_box()
            assert field["y"] + field["height"] <= bar["y"]


def test_axe_finds_nothing_on_a_board_on_which_something_can_be_undone(
    village: City, link: str, chromium: Any
) -> None:
    case = village.page(link)["cases"][-1]["ticket"]
    village.act(link, "confirm", **{f"to.{case}": "DLH"})
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(link)
    assert page.get_by_role("button", name="Batalkan").count()
    assert violations(page) == []
    context.close()


def _value(screen: Any, n: int, office: str) -> str:
    """The code of an office in the select of a row, by the name that is read there."""
    option = screen.locator("select").nth(n).locator("option").filter(has_text=office).first
    return str(option.get_attribute("value"))
