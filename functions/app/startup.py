"""What a deployed function does before its first call: logging for the platform, and a check of the settings."""

from __future__ import annotations
import logging
import sys

from functions.app.logging import set_up
from functions.app.settings import Settings, SettingsError, read_settings

UNUSABLE_SETTINGS = 2
log = logging.getLogger("laksa")


def start() -> None:
    """Refuse to run with a missing or invalid setting: the deployment fails, not the first citizen's request."""
    set_up()
    try:
        settings = read_settings()
        _require_lasting(settings)
        set_up(project=settings.project)
    except SettingsError as error:
        log.critical("Laksa cannot start: %s", error)
        sys.exit(UNUSABLE_SETTINGS)


def _require_lasting(settings: Settings) -> None:
    """SettingsError on the cloud for a store on the instance's disk, which may vanish at any moment."""
    if settings.stack == "embedded" and not settings.ephemeral:
        raise SettingsError("LAKSA_STACK=google is needed on Cloud Run: an instance's own disk keeps no report")
