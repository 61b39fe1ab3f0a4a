"""What a deployed function does before its first call: logs for the platform, settings that are right."""

from __future__ import annotations

import logging
import sys

from functions.app.logging import set_up
from functions.app.settings import Settings, SettingsError, read_settings

UNUSABLE_SETTINGS = 2
log = logging.getLogger("laksa")


def start() -> None:
    """Refuse to run with a setting that is missing or wrong: the deployment fails, not the first citizen."""
    set_up()
    try:
        settings = read_settings()
        _require_lasting(settings)
        set_up(project=settings.project)
    except SettingsError as error:
        log.critical("Laksa cannot start: %s", error)
        sys.exit(UNUSABLE_SETTINGS)


def _require_lasting(settings: Settings) -> None:
    """An instance and its disk may be gone at any moment, and a report with them."""
    if settings.stack == "embedded" and not settings.ephemeral:
        raise SettingsError("LAKSA_STACK=google is needed on Cloud Run: an instance's own disk keeps no report")
