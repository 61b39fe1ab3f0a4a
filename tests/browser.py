"""A real browser for journeys: Debian's Chromium, without JavaScript for people, with axe beside it."""

from __future__ import annotations
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
EVERYTHING, COLOURS = {"type": "tag", "values": RULES}, {"type": "rule", "values": ["color-contrast"]}
LAYOUT = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
LOOKS = [(PHONE, "light", EVERYTHING), (PHONE, "dark", COLOURS)]
if os.environ.get("LAKSA_WHOLE") == "1":
    LOOKS += [(DESKTOP, "dark", LAYOUT), (DESKTOP, "light", EVERYTHING)]
"""Only rules of colours, sizes and scrolling depend on screen and scheme."""
MOST_ROWS = 12
"""Rows of a list that axe reads; those that follow are built alike."""
_AXE = "only => axe.run({runOnly: only, resultTypes: ['violations']})"  # twice as quick on a long page
_SHORTEN = """most => document.querySelectorAll('tbody, ul, ol').forEach(
  list => [...list.children].slice(most).forEach(row => row.remove()))"""
_SEND = """fields => {
  const form = Object.assign(document.createElement('form'), {method: 'post'})
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement('textarea'), {name, value}))
  document.body.append(form)
  form.submit()
}"""


def listed(names: str) -> list[str]:
    """Names of pages that are written with commas between them, over several lines."""
    return [" ".join(name.split()) for name in names.split(",")]


def looked_at(pages: list[str], alike: list[str]) -> list[Any]:
    """Parameters of a test: pages built as another one, with other words, are left to `make test-whole`."""
    assert set(alike) <= set(pages)
    return [pytest.param(name, marks=[pytest.mark.whole] * (name in alike)) for name in pages]


def installed_chromium() -> str | None:
    """The program; the one that opens no windows, where it is there: a page is a third of the work to it."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, or a reason why not; a failure where it is required."""
    path = installed_chromium()
    if path is None:
        reason = "Chromium is not installed (Debian: apt install chromium-headless-shell)"
        if os.environ.get("LAKSA_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def arrive(page: Any, url: str, sent: dict[str, str] | None = None) -> None:
    """Open a page; with `sent`, what comes back to a form there that sends these fields."""
    page.goto(url)
    if sent:
        with page.expect_navigation():
            page.evaluate(_SEND, sent)


def violations(page: Any) -> list[str]:
    """What axe finds on an open page with every fold open, and where it is wider than a screen.

    The page needs JavaScript, past the page's own policy.
    """
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(_SHORTEN, MOST_ROWS)
    page.evaluate(Axe().axe_script)
    found = []
    for viewport, scheme, only in LOOKS:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        for violation in page.evaluate(_AXE, only)["violations"]:
            found.append(f"{viewport['width']} {scheme} {violation['id']}: {violation['nodes'][0]['html'][:120]}")
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            found.append(f"wider than {viewport['width']}")
    return found
