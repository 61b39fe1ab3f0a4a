"""What a disk that fails is said to have done, in one line."""

from __future__ import annotations


def disk_words(error: OSError) -> str:
    """The file, where it is known, and the trouble."""
    trouble = error.strerror or str(error)
    return f"{error.filename}: {trouble}" if error.filename else trouble
