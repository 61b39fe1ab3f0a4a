"""Whether the disk under a city's folder takes more: reading goes on where writing has long ended."""

from __future__ import annotations

import os
from pathlib import Path

LEAST = 32 * 2**20
"""Bytes: as many as one report with its photos may be sent with."""


def has_room(folder: Path) -> bool:
    """As many as LEAST bytes are free for this user, on a disk that may be written to."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= LEAST and not disk.f_flag & os.ST_RDONLY
