"""docs/cli.md and docs/configuration.md are what the parser and the settings say today."""

from __future__ import annotations

import pytest

from tests.tools.reference import PAGES, ROOT


@pytest.mark.parametrize("path", PAGES)
def test_a_made_page_is_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == PAGES[path](), "run `make docs`"
