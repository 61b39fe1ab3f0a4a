"""One copy of a city at a time: while files go out of a data folder or into it, no other copy begins."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from functions.data_folder import COPY_LOCK


def copying(data: Path) -> AbstractContextManager[None]:
    """For a backup and a restore of the city in `data`; ValueError while there is another.

    Not the host's own lock: a city that starts again does not wait for its backup.
    """
    return alone(data / COPY_LOCK, f"another backup or restore of {data} is going on; try again when it has ended")


@contextmanager
def alone(lock: Path, busy: str) -> Iterator[None]:
    """Hold a lock's file for the length of a block; ValueError with these words where another process has it."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(busy) from None
        yield
