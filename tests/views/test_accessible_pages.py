"""Axe finds nothing on the rarer kinds of page, with everything folded out, on a phone and in the dark."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from functions.views.citizen.form_page import city_of, form_page
from functions.views.citizen.page import citizen_page
from functions.views.citizen.similar_page import similar_page
from functions.views.shared.problem_page import problem_page
from functions.views.shared.rendering import BOARD, EVERY_PAGE, LISTS, RECEIPT, page_file, page_file_url
from tests.browser import PHONE, listed, looked_at, violations
from tests.views.board_cases import every_board
from tests.views.mailbox_cases import mailbox_pages
from tests.views.page_cases import KEY, STORIES, TOKEN, context
from tests.views.table_cases import every_table
from tests.views.test_similar_page import going_back
from workflows.citizen.staged_photos import Kept
from workflows.domain.complaint.records import LeftOut
from workflows.errors import BoardExpired

LOW = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect()
  const excused = e.closest('.trap, .skip, .choice') || (e.matches('a') && e.closest('p, li')) || !box.width
  return !excused && box.height < 44
}).map(e => e.outerHTML)"""

pytestmark = pytest.mark.browser


ALIKE = listed("""
board saved, board empty, board data without words, board too late, board preview, board nothing left,
mailbox confirmed, mailbox phoned, mailbox over, table shipped, table overtaken, table no file, table mistakes,
table sound and no report yet, table the same
""")
PAGES = listed("""
board over, citizen mayor, citizen kdrt, citizen external, board board, board mistakes, board partly, board tell,
board data, board data gone, mailbox asked, table changed, table orphans, table many mistakes, table sound,
form with photos, similar reports with photos
""")


@cache
def pages() -> dict[str, str]:
    """Kinds of page that the running city of tests/journeys/every_page.py does not come to."""
    made = {
        "board over": problem_page(context(), "id", BoardExpired(), 410, token=TOKEN, kept="LKS-7K3M-9QXT-4: DLH"),
        "board saved": problem_page(context(), "id", BoardExpired(saved=True), 200, token=TOKEN),
    }
    for name in ("mayor", "kdrt", "external"):
        story = STORIES[name]()
        made[f"citizen {name}"] = citizen_page(story.ctx, story.case, KEY, lang="id")
    made |= {f"board {name}": source for name, source in every_board().items()}
    made |= {f"mailbox {name}": source for name, source in mailbox_pages().items()}
    made |= {f"table {name}": source for name, source in every_table().items()}
    kept = Kept(2, (LeftOut(2, "damaged"),))
    made["form with photos"] = form_page(city_of(context()), "id", form_token="t", values={"message": "lub"}, kept=kept)
    like = STORIES["assigned"]()
    made["similar reports with photos"] = similar_page(like.ctx, "id", [like.complaint], going_back(kept=kept))
    return made


@pytest.fixture(scope="module")
def browser(chromium: Any) -> Iterator[Any]:
    opened = chromium.new_context()
    yield opened.new_page()
    opened.close()


def test_every_page_is_in_the_list() -> None:
    assert sorted(pages()) == sorted(PAGES + ALIKE)


@pytest.mark.parametrize("name", looked_at(PAGES + ALIKE, ALIKE))
def test_a_page_is_open_to_everybody(name: str, browser: Any, tmp_path: Path) -> None:
    source = pages()[name]
    for sheet in (EVERY_PAGE, LISTS, BOARD, RECEIPT):
        (tmp_path / sheet).write_bytes(page_file(sheet)[0])
        source = source.replace(page_file_url(sheet), sheet)
    (tmp_path / "page.html").write_text(source, encoding="utf-8")
    browser.goto((tmp_path / "page.html").as_uri())
    assert violations(browser) == []
    browser.set_viewport_size(PHONE)
    assert browser.evaluate(LOW) == []
