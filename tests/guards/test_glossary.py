"""Every term of the glossary has one row, and the place that its third column names is there."""

from __future__ import annotations
import re

import pytest

from tests.guards.named_places import ROOT, missing, named_places

ROWS = [
    tuple(cell.strip() for cell in row)
    for row in re.findall(
        r"^\| (?!word |---)([^|]+)\|([^|]+)\|([^|]+)\|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
]
WORDS = [word for word, _, _ in ROWS]


@pytest.mark.parametrize(("word", "place"), [(word, place) for word, _, place in ROWS], ids=WORDS)
def test_where_a_term_lives_is_there(word: str, place: str) -> None:
    named = list(named_places(place))
    assert named, f"{word}: the third column names no file"
    assert [lost for path, name in named if (lost := missing(path, name))] == []


def test_a_term_is_explained_once() -> None:
    each = [term.strip() for word in WORDS for term in re.sub(r"\([^)]*\)", "", word).split("·")]
    assert len(each) > 50
    assert sorted(each) == sorted(set(each))


def test_what_is_not_there_is_told() -> None:
    assert missing("workflows/nowhere.py") == "workflows/nowhere.py is not there"
    assert missing("workflows/ports.py", "Nothing") == "workflows/ports.py has no Nothing"
    assert missing("workflows/ports.py", "Store") == missing("workflows/ports", "Store.transact") == ""
