"""The tour shows every page and every mail, and every picture it names is there."""

from __future__ import annotations
import re

from tests.journeys.city import ROOT
from tests.journeys.every_page import PAGES
from tests.journeys.leaks import known_templates
from tests.tools.tour.chapters import CHAPTERS, UNSENT

TOUR = ROOT / "docs" / "tour.md"


def test_every_page_has_its_chapter() -> None:
    assert sorted(name for chapter in CHAPTERS for name in chapter.pages) == sorted(PAGES)


def test_every_mail_has_its_chapter() -> None:
    told = [name for chapter in CHAPTERS for name in chapter.mails]
    assert sorted([*told, *UNSENT]) == sorted(known_templates())


def test_every_picture_is_there_and_none_besides() -> None:
    named = set(re.findall(r"\(img/tour/([^)]+)\)", TOUR.read_text("utf-8")))
    assert named == {path.name for path in (ROOT / "docs" / "img" / "tour").iterdir()}
    wanted = sum(len(chapter.pages) + len(chapter.mails) for chapter in CHAPTERS)
    assert len(named) == wanted, "the chapters show more or fewer than the tour: run `make tour`"
