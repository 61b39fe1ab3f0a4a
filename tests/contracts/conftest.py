"""The stores and the bus that the contract suites are run against."""

from __future__ import annotations
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulators import PROJECT
from workflows.adapters.firestore import FirestoreStore
from workflows.adapters.sqlite import SqliteStore
from workflows.ports import Store

INDEXES = Path(__file__).parents[2] / "infra" / "firestore.indexes.json"


@pytest.fixture(params=["sqlite", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    opened: SqliteStore | FirestoreStore
    if request.param == "sqlite":
        opened = SqliteStore(tmp_path / "laksa.db", INDEXES)
    else:
        request.getfixturevalue("firestore_emulator")
        opened = FirestoreStore(PROJECT, INDEXES, prefix=f"t{uuid.uuid4().hex}_")
    yield opened
    opened.close()
