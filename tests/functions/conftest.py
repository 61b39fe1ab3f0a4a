"""One Laksa of this process in a folder of its own, its clock in the test's hand."""

from __future__ import annotations
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.app.container import container
from tests.builders import POLICY
from tests.workflows.world import HandClock, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore


@pytest.fixture
def laksa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The world behind `runtime()`: what a command or a function finds, the test has put there."""
    for name in os.environ:
        if name.startswith(("LAKSA_", "SMTP_URL", "FIRESTORE_", "PUBSUB_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LAKSA_DATA", str(tmp_path))
    container.cache_clear()
    clock, store = HandClock(), container().store
    container().clock, container().rules, container().retention = clock, POLICY, POLICY.retention
    assert isinstance(store, SqliteStore)
    yield World(store, clock, photos=PhotoFolder(tmp_path / "photos"))
    store.close()
    container.cache_clear()
