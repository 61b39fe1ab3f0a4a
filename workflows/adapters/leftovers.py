"""What a kill leaves behind in a folder: half of a file that was being written, which nobody asks for."""

from __future__ import annotations

import time
from pathlib import Path

OLD = 3600.0
"""Seconds after which nobody is writing it any more."""


def remove_leftovers(*folders: Path) -> None:
    """Delete the `.part` files that have been left for an hour."""
    for folder in folders:
        for file in folder.glob(".*.part"):
            if time.time() - file.stat().st_mtime > OLD:
                file.unlink(missing_ok=True)
