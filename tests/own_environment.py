"""What a process that a test or a bench starts may know of ours: no setting of Laksa, so that no letter leaves."""

from __future__ import annotations
import os

SETTINGS = ("LAKSA_", "SMTP_URL", "PORT", "GOOGLE_CLOUD_PROJECT", "K_SERVICE")
EMULATORS = "_EMULATOR_HOST"


def without_settings(emulators: bool = True) -> dict[str, str]:
    """This process's environment but for the settings; emulators: with those that run."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(SETTINGS) and (emulators or not name.endswith(EMULATORS))
    }
