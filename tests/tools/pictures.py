"""`python -m tests.tools.pictures`: the README's pictures, made from a running Laksa."""

from __future__ import annotations
import tempfile
from pathlib import Path
from typing import Any

from tests.browser import ARGUMENTS, installed_chromium
from tests.journeys.city import ROOT, City

FOLDER = ROOT / "docs" / "img"
LETTER = (
    "Ada lubang besar di Jalan Melati depan pasar, sudah dua minggu. Kalau hujan tertutup air dan sudah dua motor "
    "jatuh. Mohon segera ditambal."
)
HIGHEST = 1000


def main() -> None:
    """Form, mail to the department, citizen's page; 360 pixels wide, the top of each."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        city = City(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=2)
        _take(page, city, Path(folder))
        browser.close()
        city.stop()


def _take(page: Any, city: City, folder: Path) -> None:
    ticket = city.submit(LETTER, place="Jalan Melati, depan pasar", kelurahan="36.71.01.1007", email="a@contoh.example")
    mail = city.mail("pupr@opd.example", ticket.number)
    (folder / "mail.html").write_text(mail.html, "utf-8")
    city.act(mail.link, "acknowledge", message="", officer="Bu Rina")
    city.later(hours=2)
    for name, address in (
        ("form", city.url + "/"),
        ("mail", (folder / "mail.html").as_uri()),
        ("tracking", ticket.url),
    ):
        page.goto(address)
        height = min(HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": 360, "height": height}
        page.screenshot(path=FOLDER / f"{name}-360.png", full_page=True, clip=clip)


if __name__ == "__main__":
    main()
