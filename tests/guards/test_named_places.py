"""Every file, folder and name in the code that the documents point to is there."""

from __future__ import annotations
import re
from pathlib import Path

import pytest

from tests.guards.named_places import ROOT, missing, named_places

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "workflows/routing/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_place_of_the_code_is_there(page: Path) -> None:
    named = named_places(page.read_text("utf-8"))
    assert sorted({lost for path, name in named if (lost := missing(path, name))}) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL))
    assert [f"{path}#{anchor}" for path, anchor in links if not _is_there(page, path, anchor)] == []


def test_each_decision_is_in_the_list() -> None:
    pages = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text("utf-8"))
    assert listed == pages


def _is_there(page: Path, path: str, anchor: str) -> bool:
    target = (page.parent / path) if path else page
    if not target.exists() or not anchor:
        return target.exists()
    return anchor in {_anchor(heading) for heading in HEADING.findall(target.read_text("utf-8"))}


def _anchor(heading: str) -> str:
    """A heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
