"""File helpers for a city's folder: copies that are durable, readable only by their owner and hard-linked where
unchanged; small files written atomically; removal of `.part` files that a killed process left; the check for free
disk space; fsync of folders, without which a new name may be lost in a power cut.
"""

from __future__ import annotations
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

OLD = 3600.0
"""Age in seconds after which a `.part` file is no longer being written."""


def remove_leftovers(*folders: Path) -> None:
    """Delete `.part` files that are older than OLD."""
    for folder in folders:
        for file in folder.glob(".*.part"):
            if time.time() - file.stat().st_mtime > OLD:
                file.unlink(missing_ok=True)


LEAST = 32 * 2**20
"""Bytes: the largest size of one complaint with its photos."""


def has_room(folder: Path) -> bool:
    """Whether at least LEAST bytes are free for this user on a writable disk."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= LEAST and not disk.f_flag & os.ST_RDONLY


OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700


def sync_folder(folder: Path) -> None:
    """fsync a folder, so that names created, changed or removed in it survive a power cut. OSError when the disk
    fails.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


Wanted = Callable[[str], bool]


def copy_folder(source: Path, target: Path, like: Path | None = None, wanted: Wanted = lambda name: True) -> int:
    """Create `target` with the files of `source` whose names are wanted; returns their number. A file that is
    unchanged in `like` is linked from there. Files that vanish meanwhile and partial ones (`.part`) are left out.
    OSError when a disk fails.
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
    """Copy to a new file with mode 600 and the old modification time; it is on disk when this returns."""
    with source.open("rb") as read:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with _named(target), os.fdopen(descriptor, "wb") as out:
            shutil.copyfileobj(read, out)
            out.flush()
            os.utime(descriptor, ns=_times(read.fileno()))
            os.fsync(descriptor)


def write_whole(file: Path, text: str) -> None:
    """Write a small file atomically and durably, mode 600."""
    part = file.with_name(f".{file.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with _named(file), os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    part.replace(file)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Add the file's name to an error of the disk, which does not say it."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


def _link_or_copy(source: Path, target: Path, like: Path | None) -> None:
    if like and _is_unchanged(source, like):
        # some disks have no links, and the number of links per file is limited
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


def load_or_create(path: Path) -> list[str]:
    """The keys in the file, first the one that signs. A missing file is created with one fresh key, mode 600; of
    several processes that start at once one creates it, and all get the same keys. ValueError when the file holds
    no keys: new ones would silently break every link in use.
    """
    if not path.exists():
        keep(path, [secrets.token_urlsafe(32)])
    return load(path)


def load(path: Path) -> list[str]:
    """The keys in an existing file; ValueError when it holds none."""
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))["keys"]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no file of keys") from error
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueError(f"{path} holds no list of keys")
    return keys


def keep(path: Path, keys: list[str]) -> None:
    """Create the file with these keys, mode 600; an existing file is left unchanged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # a temporary file is created with mode 600, whatever the umask
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, encoding="utf-8") as file:
        json.dump({"keys": keys}, file)
        file.flush()
        os.fsync(file.fileno())
        # unlike a rename, a link never replaces a file that another process created first
        with suppress(FileExistsError):
            os.link(file.name, path)
    sync_folder(path.parent)
