"""Copies of files that are written once: on disk when made, for their owner only, shared where nothing changed.

What a kill leaves behind in a folder: half of a file that was being written, which nobody asks for.

Whether the disk under a city's folder takes more: reading goes on where writing has long ended.

The modes of everything that holds a city: for its owner, and for nobody else.

A folder's own entries on disk: a file's content alone does not bring back its name after a power cut.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OLD = 3600.0
"""Seconds after which nobody is writing it any more."""


def remove_leftovers(*folders: Path) -> None:
    """Delete the `.part` files that have been left for an hour."""
    for folder in folders:
        for file in folder.glob(".*.part"):
            if time.time() - file.stat().st_mtime > OLD:
                file.unlink(missing_ok=True)


LEAST = 32 * 2**20
"""Bytes: as many as one report with its photos may be sent with."""


def has_room(folder: Path) -> bool:
    """As many as LEAST bytes are free for this user, on a disk that may be written to."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= LEAST and not disk.f_flag & os.ST_RDONLY


OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700


def sync_folder(folder: Path) -> None:
    """Names that were made, changed or taken away in it survive a power cut. OSError where the disk fails."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


Wanted = Callable[[str], bool]


def copy_folder(source: Path, target: Path, like: Path | None = None, wanted: Wanted = lambda name: True) -> int:
    """Make `target` with the files of `source` whose names are wanted; how many.

    One that lies unchanged in `like` is linked from there. A file that goes meanwhile is left out, and so is half
    of one (`.part`). OSError where a disk fails.
    """
    target.mkdir(mode=OWNERS_FOLDER)
    count = 0
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith(".part") and wanted(entry.name):
                with suppress(FileNotFoundError):
                    _link_or_copy(Path(entry), target / entry.name, like / entry.name if like else None)
                    count += 1
    sync_folder(target)
    return count


def copy_file(source: Path, target: Path) -> None:
    """One new file, mode 600, with the time of the old one; it is on disk when this returns."""
    with source.open("rb") as read:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with _named(target), os.fdopen(descriptor, "wb") as out:
            shutil.copyfileobj(read, out)
            out.flush()
            os.utime(descriptor, ns=_times(read.fileno()))
            os.fsync(descriptor)


def write_whole(file: Path, text: str) -> None:
    """A small file, mode 600: on disk under its name, or not there at all."""
    part = file.with_name(f".{file.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with _named(file), os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    part.replace(file)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """A disk that fills up while a file is written does not say which file it was."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


def _link_or_copy(source: Path, target: Path, like: Path | None) -> None:
    if like and _is_unchanged(source, like):
        # Some disks know no links, and a file has only so many.
        with suppress(OSError):
            os.link(like, target)
            return
    copy_file(source, target)


def _is_unchanged(source: Path, like: Path) -> bool:
    try:
        old, new = like.stat(follow_symlinks=False), source.stat()
    except FileNotFoundError:
        return False
    return (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns)


def _times(descriptor: int) -> tuple[int, int]:
    told = os.fstat(descriptor)
    return told.st_atime_ns, told.st_mtime_ns
