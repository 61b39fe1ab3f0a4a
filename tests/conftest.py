"""Fixtures for every folder (Google's emulators, a browser), settings of property tests, order of the files."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import chromium
from tests.emulators import firestore_emulator, pubsub_emulator

__all__ = ["chromium", "firestore_emulator", "pubsub_emulator"]
WHOLE = os.environ.get("LAKSA_WHOLE") == "1"
STARTS_PROCESSES = {"journeys", "embedded"}
OPENS_SOCKETS = {"test_mailer_contract.py", "test_imap_mailbox.py", "test_local_bus.py", "test_bus_contract.py"}
LONG = (
    *(
        "test_bus_contract.py",
        "test_every_page.py",
        "test_firestore_errors.py",
        "test_recorded_city.py",
        "test_moving.py",
    ),
    *("test_erasing.py", "test_new_table.py", "test_browser_board.py", "test_logs.py", "test_board.py", "test_kill.py"),
    *("test_accessible_pages.py", "test_browser.py", "test_reply_by_mail.py", "test_any_interleaving.py"),
    *("test_draft.py", "test_restored_database.py", "test_leaks.py", "test_spam_score.py", "test_targets.py"),
    *("test_floods.py", "test_citizen_ends.py", "test_links.py", "test_terraform.py", "test_one_service.py"),
    *("test_beside_emulators.py", "test_host.py", "test_officer_acts.py", "test_two_officers.py", "test_signals.py"),
    *(
        "test_migration.py",
        "test_noise.py",
        "test_routing.py",
        "test_desk_table.py",
        "test_training.py",
        "test_ladder.py",
    ),
    *("test_mailbox_check.py", "test_data_requests.py", "test_desk.py", "test_danger.py", "test_desk_intake.py"),
    *("test_proxy.py", "test_mailer_contract.py", "test_imap_mailbox.py", "test_privacy_queries.py"),
)
"""Files that take long or wait, the longest first: begun last, one would keep one worker while the others are idle."""

# No deadline and no check of speed: on a busy machine both fail without a fault.
settings.register_profile(
    "usual", deadline=None, derandomize=True, max_examples=25, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("whole", settings.get_profile("usual"), derandomize="CI" in os.environ, max_examples=300)
settings.register_profile("quick", settings.get_profile("usual"), max_examples=6)
settings.load_profile("whole" if WHOLE else "quick" if "LAKSA_QUICK" in os.environ else "usual")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first; mark as slow, for `make quick`, what starts processes or waits for sockets."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))
    for item in items:
        if STARTS_PROCESSES & set(item.path.parts) or item.path.name in OPENS_SOCKETS:
            item.add_marker(pytest.mark.slow)
