"""An index that only grows at one end takes 500 writes a second: none is there that nobody asks for."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.workflows.world import INDEXES
from workflows.adapters.index_check import load_indexes
from workflows.domain.access import Access
from workflows.domain.complaint import Complaint
from workflows.domain.mail_limit import Address
from workflows.domain.notice import Notice

STORED: dict[str, Any] = {"complaints": Complaint, "notices": Notice, "accesses": Access, "mail_limits": Address}
HOLDS = ("datetime", "dict", "tuple", "Assignment", "Arrival")
"""Moments, and what may have moments in it: a map's fields are indexed as the map is."""


@pytest.mark.parametrize("collection", STORED)
def test_of_every_stored_moment_somebody_has_decided_whether_it_is_indexed(collection: str) -> None:
    decided = load_indexes(INDEXES).overrides
    moments = {f.name for f in fields(STORED[collection]) if any(kind in str(f.type) for kind in HOLDS)}
    assert moments, "nothing was looked at"
    open_questions = {name for name in moments if (collection, name) not in decided}
    assert not open_questions, "a line in fieldOverrides: its directions where a query orders by it alone, else []"
