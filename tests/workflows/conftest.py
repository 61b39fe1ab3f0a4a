"""One world a test."""

from __future__ import annotations
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflows.world import INDEXES, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An empty city on a Monday morning."""
    store = SqliteStore(tmp_path / "laksa.db", INDEXES)
    yield World(store, photos=PhotoFolder(tmp_path / "photos"))
    store.close()
