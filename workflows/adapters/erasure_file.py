"""The file of the erasure ledger: one line per erasure, on disk before anything is erased."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from workflows.adapters.local_files import OWNER_ONLY


class ErasureFile:
    """Lines of text in an append-only file, readable only by its owner; processes may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, line: str) -> None:
        """Add a line; it is on disk when this returns. A partial line left by a killed process is ended first."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            size = os.fstat(descriptor).st_size
            torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            os.write(descriptor, ("\n" * torn + line + "\n").encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def lines(self) -> list[str]:
        """Every line, oldest first; empty without a file."""
        try:
            text = self._path.read_text("utf-8")
        except FileNotFoundError:
            return []
        return [line for line in text.splitlines() if line]
