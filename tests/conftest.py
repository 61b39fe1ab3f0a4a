"""What every folder of tests may ask for: Google's emulators and a browser, each started once."""

import pytest

from tests.browser import chromium
from tests.emulators import firestore_emulator, pubsub_emulator

__all__ = ["chromium", "firestore_emulator", "pubsub_emulator"]
STARTS_PROCESSES = {"journeys", "embedded"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts processes is slow, and not part of the quick run."""
    for item in items:
        if STARTS_PROCESSES & set(item.path.parts):
            item.add_marker(pytest.mark.slow)
