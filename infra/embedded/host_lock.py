"""Locks of a data folder. One host at a time sends its mails, and waits for a command that sends beside it. One
copy at a time: no other copy begins while files are copied from or to a data folder.
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
    """Hold the folder's lock while the returned file is open; StoreUnavailable when another host has it. The
    kernel releases it when the process dies.
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
    """Allow commands to send mails beside this host; a second host stays excluded."""
    fcntl.flock(file, fcntl.LOCK_SH)


@contextmanager
def lock_beside_host(folder: Path) -> Iterator[None]:
    """Hold a shared lock while a command sends mails, so that no starting host takes back its leases."""
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
    """The lock for a backup or restore of the city in `data`; ValueError while there is another one. It is not the
    host's lock: a city that restarts does not wait for its backup.
    """
    return lock_alone(data / COPY_LOCK, f"another backup or restore of {data} is going on; try again when it has ended")


@contextmanager
def lock_alone(lock: Path, busy: str) -> Iterator[None]:
    """Hold a lock file for a block; ValueError with the words of `busy` when another process has it."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(busy) from None
        yield
