"""One host a data folder: the lock's holder sends the letters; a command that sends beside it is waited for.

One copy of a city at a time: while files go out of a data folder or into it, no other copy begins.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from functions.app.data_folder import COPY_LOCK, HOST_LOCK
from workflows.adapters.local_files import OWNERS_FOLDER
from workflows.failures import StoreUnavailable

PATIENCE = 5.0


def acquire_host_lock(folder: Path, patience: float = PATIENCE) -> IO[str]:
    """The folder's lock for as long as the file stays open; StoreUnavailable when another host has it.

    The kernel lets go of it when the process dies, however it dies.
    """
    folder.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    file = (folder / HOST_LOCK).open("w")
    end = time.monotonic() + patience
    while not _locked(file, fcntl.LOCK_EX):
        if time.monotonic() > end:
            file.close()
            raise StoreUnavailable(f"another Laksa is running on {folder}")
        time.sleep(0.05)
    return file


def share_host_lock(file: IO[str]) -> None:
    """From now on a command may send letters beside us; no second host may."""
    fcntl.flock(file, fcntl.LOCK_SH)


@contextmanager
def lock_beside_host(folder: Path) -> Iterator[None]:
    """While a command sends letters of its own, no host takes back the leases it holds."""
    folder.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    with (folder / HOST_LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def _locked(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lock_for_copy(data: Path) -> AbstractContextManager[None]:
    """For a backup and a restore of the city in `data`; ValueError while there is another.

    Not the host's own lock: a city that starts again does not wait for its backup.
    """
    return lock_alone(
        data / COPY_LOCK, f"another backup or restore of {data} is going on; try again when it has ended"
    )


@contextmanager
def lock_alone(lock: Path, busy: str) -> Iterator[None]:
    """Hold a lock's file for the length of a block; ValueError with these words where another process has it."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(busy) from None
        yield
