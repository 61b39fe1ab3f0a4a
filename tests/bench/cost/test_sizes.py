"""Bytes as Firestore's documentation counts them."""

from __future__ import annotations
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bench.cost.sizes import Indexes, document_size, index_size, read_indexes, value_size
from tests.workflows.world import INDEXES

TASK = {"type": "Personal", "done": False, "priority": 1, "description": "Learn Cloud Firestore"}
NONE = Indexes({}, {})


def test_the_documentation_s_own_example_has_147_bytes() -> None:
    assert document_size("users/jeff/tasks", "my_task_id", TASK) == 147


@pytest.mark.parametrize(
    ("value", "size"),
    [
        *((None, 1), (True, 1), (7, 8), (1.5, 8), (datetime(2026, 7, 6, tzinfo=UTC), 8), ("é", 3), (b"abc", 3)),
        *(([1, 2], 16), ({"a": 1}, 10), ([], 0)),
    ],
)
def test_each_value_has_its_size(value: Any, size: int) -> None:
    assert value_size(value) == size


def test_a_field_has_two_index_entries_fewer_where_it_is_exempt() -> None:
    sizes = [index_size("c", "id", {"n": 1}, Indexes({("c", "n"): entries}, {})) for entries in (0, 1, 2)]
    assert sizes[0] == 0 and sizes[2] == 2 * sizes[1] == index_size("c", "id", {"n": 1}, NONE)
    assert sizes[1] == (2 + 3 + 16) + 32 + 2 + 8


def test_a_composite_index_takes_only_documents_with_all_its_fields() -> None:
    both = Indexes({("c", "a"): 0, ("c", "b"): 0}, {"c": (("a", "b"),)})
    assert index_size("c", "id", {"a": 1}, both) == 0
    assert index_size("c", "id", {"a": 1, "b": 2}, both) == (2 + 3 + 16) + 32 + 16


def test_the_declared_indexes_are_read() -> None:
    indexes = read_indexes(INDEXES)
    assert indexes.exempt["complaints", "text"] == 0 < indexes.exempt["complaints", "next_check_at"]
    assert ("state", "next_check_at") in indexes.composite["complaints"]
