"""Every page there is, errors and refusals among them, is open to everybody: axe finds nothing on any."""

from __future__ import annotations
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import DESKTOP, PHONE, arrive, listed, looked_at, violations
from tests.journeys.city import City
from tests.journeys.every_page import PAGES, Page, every_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(own: City) -> dict[str, Page]:
    return every_page(own)


@pytest.fixture(scope="module")
def window(chromium: Any) -> Iterator[Any]:
    """A browser's window in which axe may run."""
    context = chromium.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


ALIKE = listed("""
form in English, receipt in English, asked in English, forwarded, no without words, correction without words,
officer left a blank, officer with an older draft, officer with the contact, officer waits, officer overdue,
superseded with words, expired with words, expired desk, desk archives for no reason, list of a kelurahan,
list without such a kelurahan, table of another version, handed on, officer was too late, officer after the answer,
officer with a replaced draft, officer with a canned answer, intake with mistakes, lost link with a wrong code,
mailbox link that is none, table without a file
""")


@pytest.mark.parametrize("name", looked_at(PAGES, ALIKE))
def test_axe_finds_nothing(window: Any, pages: dict[str, Page], name: str) -> None:
    arrive(window, pages[name].url, pages[name].sent)
    _keep_pictures(window, name)
    assert violations(window) == []


def test_every_page_is_in_the_list(pages: dict[str, Page]) -> None:
    assert sorted(pages) == sorted(PAGES)


def test_every_form_that_was_sent_came_to_something(own: City, pages: dict[str, Page]) -> None:
    sent = {name: page for name, page in pages.items() if page.sent}
    found = {name: own.http.post(page.url, data=page.sent).status_code for name, page in sent.items()}
    assert {status for name, status in found.items()} == {200, 409, 410, 422}
    assert [name for name, status in found.items() if status == 200] == ["similar reports", "board preview"]


def _keep_pictures(page: Any, name: str) -> None:
    """Pictures for people who ask for them: LAKSA_PICTURES=folder make test."""
    folder = os.environ.get("LAKSA_PICTURES")
    for viewport in (PHONE, DESKTOP) if folder else ():
        page.set_viewport_size(viewport)
        path = Path(folder or "") / f"{name.replace(' ', '-')}-{viewport['width']}.png"
        page.screenshot(path=path, full_page=True)
