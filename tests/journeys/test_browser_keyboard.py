"""Form, pages and board with a keyboard alone: every step is reached, and one sees where one is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import DESKTOP, PHONE
from tests.journeys.boards import open_boards
from tests.journeys.city import City
from tests.journeys.offices import DISHUB, LAMP, VAGUE

pytestmark = pytest.mark.browser
CITIZEN = "papan.ketik@contoh.example"
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


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360", "1280"])
def screen(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport=request.param)
    yield context.new_page()
    context.close()


def reach(screen: Any, words: str) -> None:
    """Press Tab until what has these words, or this #id, has the focus; all that is passed can be seen."""
    for _ in range(MOST):
        screen.keyboard.press("Tab")
        focus = screen.evaluate(FOCUSED)
        if focus:
            assert focus["seen"], f"cannot see that {focus['words'].strip()!r} has the focus"
            if words in focus["words"].split() if words.startswith("#") else words in focus["words"]:
                return
    raise AssertionError(f"no {words!r} within {MOST} presses of Tab")


def press(screen: Any, words: str) -> None:
    """Reach a button or link and press it; the page that comes."""
    reach(screen, words)
    with screen.expect_navigation():
        screen.keyboard.press("Enter")


def open_fold(screen: Any, words: str) -> None:
    reach(screen, words)
    screen.keyboard.press("Enter")


def test_a_citizen_writes_adds_and_objects(village: City, screen: Any) -> None:
    from playwright.sync_api import expect

    screen.goto(village.url + "/")
    reach(screen, "Langsung ke isi")
    reach(screen, "Apa yang terjadi")
    screen.keyboard.type(LAMP)
    reach(screen, "#kelurahan")
    screen.keyboard.type("Cikokol")
    reach(screen, "#email")
    screen.keyboard.type(CITIZEN)
    reach(screen, "Rahasia")
    screen.keyboard.press("ArrowDown")
    press(screen, "Kirim laporan")
    expect(screen.locator("h1")).to_contain_text("Laporan Anda tersimpan")
    assert village.page(screen.url)["status"] in ("received", "assigned")
    open_fold(screen, "Tambah keterangan")
    reach(screen, "Apa yang perlu diketahui OPD?")
    screen.keyboard.type("Tiang nomor 7, di depan musala.")
    press(screen, "Kirim keterangan")
    expect(screen.locator("body")).to_contain_text("Tiang nomor 7")
    _the_office_answers(village, screen)
    open_fold(screen, "Belum selesai")
    reach(screen, "Apa yang belum selesai?")
    screen.keyboard.type("Lampunya masih mati tadi malam.")
    press(screen, "Kirim: belum selesai")
    expect(screen.locator("h1")).to_contain_text("belum selesai")


def _the_office_answers(village: City, screen: Any) -> None:
    citizen = screen.url
    screen.goto(village.mail(DISHUB).link)
    press(screen, "Terima laporan")
    reach(screen, "Jawaban untuk pelapor")
    screen.keyboard.type("Lampu sudah kami ganti tadi pagi.")
    press(screen, "Kirim jawaban")
    assert village.page(citizen)["status"] == "answered"
    screen.goto(citizen)


def test_mistakes_are_reached_from_their_summary(village: City, screen: Any) -> None:
    screen.goto(village.url + "/")
    reach(screen, "Apa yang terjadi")
    screen.keyboard.type("lubang")
    press(screen, "Kirim laporan")
    reach(screen, "Apa yang terjadi")
    screen.keyboard.press("Enter")
    assert screen.evaluate("document.activeElement.id") == "message"


def test_an_operator_sends_one_on_and_takes_it_back(village: City, screen: Any) -> None:
    from playwright.sync_api import expect

    waiting = village.submit(VAGUE + " Mohon dibantu.", email=CITIZEN).number
    screen.goto(open_boards(village)[-1])
    before = screen.locator(".case").count()
    row = screen.locator(".case").filter(has_text=waiting).locator("select")
    reach(screen, f"#{row.get_attribute('id')}")
    screen.keyboard.type("DLH")
    press(screen, "Pratinjau")
    press(screen, "Simpan 1 laporan")
    expect(screen.locator(".case")).to_have_count(before - 1)
    press(screen, f"Batalkan {waiting}")
    expect(screen.locator(".case")).to_have_count(before)
