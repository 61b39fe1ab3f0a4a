"""What a deployed function does before its first call: logs for the platform, settings that are right."""

from __future__ import annotations

import logging
import sys

from functions.logs import set_up
from functions.settings import SettingsError, read_settings

UNUSABLE_SETTINGS = 2
log = logging.getLogger("laksa")


def start() -> None:
    """Refuse to run with a setting that is missing or wrong: the deployment fails, not the first citizen."""
    set_up()
    try:
        set_up(project=read_settings().project)
    except SettingsError as error:
        log.critical("Laksa cannot start: %s", error)
        sys.exit(UNUSABLE_SETTINGS)
