"""Whose a data folder is: what another user makes in it, its owner can neither read nor write."""

from __future__ import annotations

import os
from pathlib import Path


def require_own(folder: Path) -> None:
    """ValueError for anybody but the folder's owner; a folder that is not there yet is nobody's."""
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise ValueError(f"{folder} belongs to another user; run this as its owner")
