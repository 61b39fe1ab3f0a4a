"""The file of canned answers, read without ever keeping an officer from a page."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflows.domain.canned import Canned

log = logging.getLogger("laksa")


def read_answers(path: Path) -> tuple[Canned, ...]:
    """The answers in a UTF-8 file; none, and a line in the log, where it cannot be used."""
    from workflows.domain.canned import read_canned

    try:
        return read_canned(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        log.error("canned answers cannot be used", extra={"error": f"{path.name}: {error}"})
        return ()
