"""Which index entries a document has, and what of a report's life lands at an index's growing end."""

from __future__ import annotations
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bench.index_writes import a_life, entries
from tests.builders import MONDAY
from tests.workflows.world import INDEXES
from workflows.adapters.document_store import Indexes
from workflows.adapters.sqlite import SqliteStore

TWO = (("state", "ASCENDING"), ("at", "ASCENDING"))
DECLARED = Indexes({"cases": (TWO,)}, {("cases", "at"): (), ("cases", "held"): (), ("cases", "due"): ("ASCENDING",)})


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ({}, 0),
        ({"state": "open"}, 2),
        ({"at": MONDAY}, 0),
        ({"state": "open", "at": MONDAY}, 3),
        ({"due": MONDAY}, 1),
        ({"arrival": {"channel": "counter"}}, 4),
        ({"held": {"since": MONDAY}}, 0),
        ({"acts": ["a", "b"]}, 4),
    ],
    ids=[
        "nothing",
        "a field in both directions",
        "an exempt one",
        "an exempt one within a declared index",
        "one direction",
        "a map and its field",
        "an exempt map and its field",
        "a list, and each of its items",
    ],
)
def test_a_document_stands_in_every_index_that_its_fields_have(document: dict[str, Any], count: int) -> None:
    assert len(entries("cases", document, DECLARED)) == count


def test_of_single_fields_only_those_that_are_asked_for_grow_with_a_life(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "laksa.db", INDEXES)) as store:
        written = a_life(store)
    grown = {name.rpartition(" ")[0] or name for name in written.growing if "(" not in name}
    of_one_case = {"timeline.at"}
    asked_for = {"complaints.next_check_at", "complaints.received_at", "notices.next_try_at"}
    assert grown - of_one_case == asked_for
    assert written.documents.total() <= 32
    assert written.entries.total() <= 620
