"""`make tour`: lives the story in a running Laksa and writes docs/tour.md with its pictures."""

from __future__ import annotations
import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser import ARGUMENTS, PHONE, arrive, installed_chromium
from tests.journeys.city import ROOT, City, Mail
from tests.journeys.every_page import Page, every_page
from tests.journeys.leaks import template_of
from tests.journeys.test_reply_by_mail import SECRET
from tests.tools.tour.book import TOUR, slug, write
from tests.tools.tour.letters import every_letter

HIGHEST = 1200  # pixels of a picture; what is longer is cut
QUALITY = 40


def main() -> None:
    """Pages first, while their links live; then everything that sends a letter."""
    from playwright.sync_api import sync_playwright

    shutil.rmtree(TOUR, ignore_errors=True)
    TOUR.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        city = City(Path(folder), env={"LAKSA_INBOUND_SECRET": SECRET}).start()
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=ARGUMENTS)
        window = browser.new_page(viewport={"width": PHONE["width"], "height": PHONE["height"]})
        pages, subjects = dict(_pages(window, city)), dict(_mails(window, city, Path(folder)))
        browser.close()
        city.stop()
    write(ROOT / "docs" / "tour.md", pages, subjects)


def _pages(window: Any, city: City) -> Iterator[tuple[str, str]]:
    """Name and title of each page, once its picture is taken."""
    for name, page in every_page(city).items():
        yield name, _arrived(window, page)
        _take(window, f"page-{slug(name)}")


def _arrived(window: Any, page: Page) -> str:
    arrive(window, page.url, page.sent)
    return str(window.title())


def _mails(window: Any, city: City, folder: Path) -> Iterator[tuple[str, str]]:
    """Template and subject of the first mail of each kind."""
    every_letter(city)
    first: dict[str, Mail] = {}
    for mail in city.mails():
        first.setdefault(template_of(mail), mail)
    for template, mail in first.items():
        (folder / "mail.html").write_text(mail.html, "utf-8")
        window.goto((folder / "mail.html").as_uri())
        _take(window, f"mail-{slug(template)}")
        yield template, mail.subject


def _take(window: Any, name: str) -> None:
    height = min(HIGHEST, window.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": PHONE["width"], "height": height}
    taken = Image.open(BytesIO(window.screenshot(full_page=True, clip=clip)))
    taken.save(TOUR / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
