"""Axe finds nothing on any kind of page, with everything folded out, on a phone and in the dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from functions.views.citizen.form_page import city_of, form_page
from functions.views.citizen.page import citizen_page, lost_page
from functions.views.citizen.similar_page import similar_page
from functions.views.desk.intake_page import intake_page, receipt_page
from functions.views.desk.page import desk_page
from functions.views.officer.list_page import list_page
from functions.views.officer.page import officer_page
from functions.views.shared.problem_page import problem_page
from functions.views.shared.rendering import BOARD, EVERY_PAGE, LISTS, RECEIPT, page_file, page_file_url
from tests.browser import RULES
from tests.views.board_cases import every_board
from tests.views.list_cases import cases, listed, morning
from tests.views.mailbox_cases import mailbox_pages
from tests.views.page_cases import KEY, STORIES, TOKEN, context
from tests.views.table_cases import every_table
from tests.views.test_intake_pages import by_letter
from tests.views.test_similar_page import going_back
from workflows.citizen.staged_photos import Kept
from workflows.domain.complaint.records import LeftOut
from workflows.errors import BoardExpired, FieldError, LinkExpired

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNFOLD = "document.querySelectorAll('details').forEach(d => d.open = true)"
LOW = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect()
  const excused = e.closest('.trap, .skip, .choice') || (e.matches('a') && e.closest('p, li')) || !box.width
  return !excused && box.height < 44
}).map(e => e.outerHTML)"""

pytestmark = pytest.mark.browser


def pages() -> dict[str, str]:
    errors = [FieldError("message", "too_short", {"n": 3}), FieldError("kind", "bad_choice")]
    made = {
        "form": form_page(city_of(context()), "id", form_token="t"),
        "form with errors": form_page(
            city_of(context()), "en", form_token="t", values={"message": "lub"}, errors=errors
        ),
        "lost": lost_page(context(), "id"),
        "board over": problem_page(context(), "id", BoardExpired(), 410, token=TOKEN, kept="LKS-7K3M-9QXT-4: DLH"),
        "board saved": problem_page(context(), "id", BoardExpired(saved=True), 200, token=TOKEN),
        "expired": problem_page(context(), "id", LinkExpired("LKS", "DISHUB"), 410, token=TOKEN),
    }
    for name in ("receipt", "answered", "mayor", "kdrt", "external", "data_asked", "asked_whether_solved"):
        story = STORIES[name]()
        made[f"citizen {name}"] = citizen_page(story.ctx, story.case, KEY, lang="id")
    story = STORIES["assigned"]()
    sent: dict[str, Any] = {"typed": {"action": "answer"}, "errors": [FieldError("message", "words_needed")]}
    made["officer"] = officer_page(story.ctx, story.case, "department", **sent)
    story = STORIES["at_desk"]()
    made["desk"] = desk_page(story.ctx, story.case)
    made |= {f"board {name}": source for name, source in every_board().items()}
    made |= {f"mailbox {name}": source for name, source in mailbox_pages().items()}
    made |= {f"table {name}": source for name, source in every_table().items()}
    kept = Kept(2, (LeftOut(2, "damaged"),))
    made["form with photos"] = form_page(
        city_of(context()), "id", form_token="t", values={"message": "lub"}, kept=kept
    )
    like = STORIES["assigned"]()
    made["similar reports"] = similar_page(like.ctx, "id", [like.complaint], going_back(kept=kept))
    made["intake"] = intake_page(context(), "/papan/x/baru", form_token="t")
    made["intake receipt"] = receipt_page(like.ctx, by_letter(like.case), "/papan/x")
    made["list"] = list_page(morning(), listed(*cases().values(), kelurahan="36.71.01.1007", next="n-000000000"))
    return made


@pytest.fixture(scope="module", params=["light", "dark"])
def browser(request: pytest.FixtureRequest, chromium: Any) -> Iterator["Page"]:
    opened = chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme=request.param)
    yield opened.new_page()
    opened.close()


@pytest.mark.parametrize("name", pages())
def test_a_page_is_open_to_everybody(name: str, browser: "Page", tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    source = pages()[name]
    for sheet in (EVERY_PAGE, LISTS, BOARD, RECEIPT):
        (tmp_path / sheet).write_bytes(page_file(sheet)[0])
        source = source.replace(page_file_url(sheet), sheet)
    (tmp_path / "page.html").write_text(source, encoding="utf-8")
    browser.goto((tmp_path / "page.html").as_uri())
    browser.evaluate(UNFOLD)
    found = Axe().run(browser, options={"runOnly": {"type": "tag", "values": RULES}}).response
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert browser.evaluate("document.documentElement.scrollWidth") == 360
    assert browser.evaluate(LOW) == []
