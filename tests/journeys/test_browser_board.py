"""The operator's morning in a real browser: with and without a keyboard alone, on a phone and at a desk."""

from __future__ import annotations
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import DESKTOP, PHONE, violations
from tests.journeys.boards import open_boards
from tests.journeys.city import City
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, VAGUE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def link(own: City) -> str:
    """The board of a morning on which twelve reports wait."""
    own.later(minutes=1)
    for n in range(12):
        own.submit(f"{VAGUE} Ini yang ke-{n}.", email=CITIZEN)
    for _ in range(14):
        own.later(days=1)
        mornings = [mail for mail in own.mails(DESK) if mail.subject.startswith("Laksa ")]
        if mornings:
            return mornings[-1].link
    raise AssertionError("no letter in two weeks")


@pytest.fixture(params=[PHONE, pytest.param(DESKTOP, marks=pytest.mark.whole)], ids=["360", "1280"])
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


def test_axe_finds_nothing_on_a_board_on_which_something_can_be_undone(own: City, link: str, chromium: Any) -> None:
    case = own.page(link)["cases"][-1]["ticket"]
    own.act(link, "confirm", **{f"to.{case}": "DLH"})
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


TYPIST = "papan.ketik@contoh.example"
MOST = 120  # presses of Tab before somebody gives up
# What has the focus, by which it is known to people: its label, name or words; and how one sees that it has it.
FOCUSED = """() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const label = (at.labels && at.labels.length) ? [...at.labels].map(l => l.innerText).join(' ') : ''
  const box = at.getBoundingClientRect(), style = getComputedStyle(at)
  const around = at.closest('.choice')
  const outlined = [at, ...(around ? [around] : [])].some(e => parseFloat(getComputedStyle(e).outlineWidth) > 0
    && getComputedStyle(e).outlineStyle !== 'none')
  return {
    words: `${label} ${at.getAttribute('aria-label') || ''} ${at.innerText || ''} #${at.id}`,
    seen: outlined && box.width > 0 && box.bottom > 0 && box.top < innerHeight && style.visibility === 'visible',
  }
}"""


@pytest.fixture(params=[PHONE, pytest.param(DESKTOP, marks=pytest.mark.whole)], ids=["360", "1280"])
def scripted(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport=request.param)
    yield context.new_page()
    context.close()


def reach(scripted: Any, words: str) -> None:
    """Press Tab until what has these words, or this #id, has the focus; all that is passed can be seen."""
    for _ in range(MOST):
        scripted.keyboard.press("Tab")
        focus = scripted.evaluate(FOCUSED)
        if focus:
            assert focus["seen"], f"cannot see that {focus['words'].strip()!r} has the focus"
            if words in focus["words"].split() if words.startswith("#") else words in focus["words"]:
                return
    raise AssertionError(f"no {words!r} within {MOST} presses of Tab")


def press(scripted: Any, words: str) -> None:
    """Reach a button or link and press it; the page that comes."""
    reach(scripted, words)
    with scripted.expect_navigation():
        scripted.keyboard.press("Enter")


def open_fold(scripted: Any, words: str) -> None:
    reach(scripted, words)
    scripted.keyboard.press("Enter")


def test_a_citizen_writes_adds_and_objects(own: City, scripted: Any) -> None:
    from playwright.sync_api import expect

    scripted.goto(own.url + "/")
    reach(scripted, "Langsung ke isi")
    reach(scripted, "Apa yang terjadi")
    scripted.keyboard.type(LAMP)
    reach(scripted, "#kelurahan")
    scripted.keyboard.type("Cikokol")
    reach(scripted, "#email")
    scripted.keyboard.type(TYPIST)
    reach(scripted, "Rahasia")
    scripted.keyboard.press("ArrowDown")
    press(scripted, "Kirim laporan")
    expect(scripted.locator("h1")).to_contain_text("Laporan Anda tersimpan")
    assert own.page(scripted.url)["status"] in ("received", "assigned")
    open_fold(scripted, "Tambah keterangan")
    reach(scripted, "Apa yang perlu diketahui OPD?")
    scripted.keyboard.type("Tiang nomor 7, di depan musala.")
    press(scripted, "Kirim keterangan")
    expect(scripted.locator("body")).to_contain_text("Tiang nomor 7")
    _the_office_answers(own, scripted)
    open_fold(scripted, "Belum selesai")
    reach(scripted, "Apa yang belum selesai?")
    scripted.keyboard.type("Lampunya masih mati tadi malam.")
    press(scripted, "Kirim: belum selesai")
    expect(scripted.locator("h1")).to_contain_text("belum selesai")


def _the_office_answers(own: City, scripted: Any) -> None:
    citizen = scripted.url
    scripted.goto(own.mail(DISHUB).link)
    press(scripted, "Terima laporan")
    reach(scripted, "Jawaban untuk pelapor")
    scripted.keyboard.type("Lampu sudah kami ganti tadi pagi.")
    press(scripted, "Kirim jawaban")
    assert own.page(citizen)["status"] == "answered"
    scripted.goto(citizen)


def test_mistakes_are_reached_from_their_summary(own: City, scripted: Any) -> None:
    scripted.goto(own.url + "/")
    reach(scripted, "Apa yang terjadi")
    scripted.keyboard.type("lubang")
    press(scripted, "Kirim laporan")
    reach(scripted, "Apa yang terjadi")
    scripted.keyboard.press("Enter")
    assert scripted.evaluate("document.activeElement.id") == "message"


def test_an_operator_sends_one_on_and_takes_it_back(own: City, scripted: Any) -> None:
    from playwright.sync_api import expect

    waiting = own.submit(VAGUE + " Mohon dibantu.", email=TYPIST).number
    scripted.goto(open_boards(own)[-1])
    before = scripted.locator(".case").count()
    row = scripted.locator(".case").filter(has_text=waiting).locator("select")
    reach(scripted, f"#{row.get_attribute('id')}")
    scripted.keyboard.type("DLH")
    press(scripted, "Pratinjau")
    press(scripted, "Simpan 1 laporan")
    expect(scripted.locator(".case")).to_have_count(before - 1)
    press(scripted, f"Batalkan {waiting}")
    expect(scripted.locator(".case")).to_have_count(before)
