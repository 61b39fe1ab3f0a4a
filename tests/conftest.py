"""What every folder of tests may ask for: Google's emulators and a browser, each started once."""

from tests.browser import chromium
from tests.emulators import firestore_emulator, pubsub_emulator

__all__ = ["chromium", "firestore_emulator", "pubsub_emulator"]
