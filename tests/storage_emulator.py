"""A stand-in for Cloud Storage on a loopback port, in this process: `gcp-storage-emulator`, all in memory."""

from __future__ import annotations
import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulators import free_port
from workflows.adapters.cloud_storage import open_bucket

PROJECT = "laksa-test"


@pytest.fixture(scope="session")
def storage_emulator() -> Iterator[str]:
    """http://host:port of an emulator that STORAGE_EMULATOR_HOST names for as long as the session lasts."""
    from gcp_storage_emulator.server import create_server

    port = free_port()
    server: Any = create_server("127.0.0.1", port, in_memory=True)
    server.start()
    before = os.environ.get("STORAGE_EMULATOR_HOST")
    os.environ["STORAGE_EMULATOR_HOST"] = address = f"http://127.0.0.1:{port}"
    open_bucket.cache_clear()
    try:
        yield address
    finally:
        os.environ.pop("STORAGE_EMULATOR_HOST")
        if before is not None:
            os.environ["STORAGE_EMULATOR_HOST"] = before
        open_bucket.cache_clear()
        server.stop()


@pytest.fixture
def bucket(storage_emulator: str) -> str:
    """The name of a new bucket, empty and there."""
    name = f"laksa-{uuid.uuid4().hex[:12]}"
    open_bucket(name, PROJECT).create()
    return name
