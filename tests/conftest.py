"""What every folder of tests may ask for: Google's emulators and a browser, each started once."""

import pytest

from tests.browser import chromium
from tests.emulators import firestore_emulator, pubsub_emulator

__all__ = ["chromium", "firestore_emulator", "pubsub_emulator"]
STARTS_PROCESSES = {"journeys", "embedded"}
OPENS_SOCKETS = {"test_mailer_contract.py", "test_imap_mailbox.py", "test_local_bus.py", "test_bus_contract.py"}
LONG = (
    *("test_any_interleaving.py", "test_every_page.py", "test_moving.py", "test_targets.py", "test_ladder.py"),
    *("test_erasing.py", "test_noise.py", "test_any_text.py"),
)
"""Files that take long, the longest first: begun last, one would keep one worker while the other is idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts processes, or waits for sockets, is slow, and not part of the quick run."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))
    for item in items:
        if STARTS_PROCESSES & set(item.path.parts) or item.path.name in OPENS_SOCKETS:
            item.add_marker(pytest.mark.slow)
