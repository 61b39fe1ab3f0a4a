"""The Markdown of the tour: chapter by chapter, three pictures a row."""

from __future__ import annotations
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.journeys.city import ROOT
from tests.tools.tour.chapters import CHAPTERS, NOT_SENT, Chapter

TOUR = ROOT / "docs" / "img" / "tour"
ACROSS = 3
HEAD = """# A tour of Laksa

Every page and every mail, as a phone of 360 pixels shows them, in the order of the story.
Made by `make tour` from a running Laksa; long ones are cut.
"""


def slug(name: str) -> str:
    """The name as part of a file's name."""
    return name.replace(" ", "-").replace("_", "-")


def write(path: Path, pages: Mapping[str, str], subjects: Mapping[str, str]) -> None:
    """The file; KeyError names a page or mail of which there is no picture.

    pages: titles by the pages' names; subjects: by the mails' templates.
    """
    path.write_text("\n".join([HEAD, *(_chapter(c, pages, subjects) for c in CHAPTERS), NOT_SENT]), "utf-8")


def _chapter(chapter: Chapter, pages: Mapping[str, str], subjects: Mapping[str, str]) -> str:
    shown = [(f"page-{slug(name)}", f"**{name}** {_plain(pages[name])}") for name in chapter.pages]
    mails = [(f"mail-{slug(name)}", f"*mail* **{name}** {_plain(subjects[name])}") for name in chapter.mails]
    return "\n".join([f"## {chapter.title}\n", f"{chapter.lead}\n", *_rows([*shown, *mails])])


def _rows(shown: list[tuple[str, str]]) -> Iterator[str]:
    """A table without a head, as Markdown knows none."""
    yield "|" + " |" * ACROSS
    yield "|" + "---|" * ACROSS
    for first in range(0, len(shown), ACROSS):
        row = shown[first : first + ACROSS]
        yield "|" + "".join(f" {caption} |" for _, caption in row)
        yield "|" + "".join(f" ![{name}](img/tour/{name}.webp) |" for name, _ in row)
    yield ""


def _plain(words: str) -> str:
    """Words that are no Markdown: of a table's cell."""
    return words.replace("|", "·").replace("\n", " ")
