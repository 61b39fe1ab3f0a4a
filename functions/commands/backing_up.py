"""A backup of a city that runs: the store as of one moment, then what its documents name, then one rename."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from functions.commands.backups import CLOCK, FOLDERS, KEYS, LEDGER, PART, STORE, backups_in, name_of, too_many
from workflows.adapters.folder_copy import OWNERS_FOLDER, copy_file, copy_folder, sync_folder
from workflows.adapters.sqlite_copy import copy_sqlite, count_in_copy


@dataclass(frozen=True)
class Backup:
    """What was made: where, how many complaints and files are in it, and which older ones went."""

    path: Path
    complaints: int
    files: int
    removed: tuple[str, ...]


def back_up(data: Path, folder: Path, at: datetime, keep: int = 0) -> Backup:
    """Copy the city in `data` into a new folder in `folder`, whole or not at all, and keep the newest `keep`.

    StoreUnavailable or OSError where a disk fails, ValueError where the copy cannot be used; none is left then.
    """
    require_own(data)
    folder.mkdir(mode=OWNERS_FOLDER, exist_ok=True)
    require_own(folder)
    with _alone(folder):
        made = folder / name_of(at)
        part = made.with_name(f".{made.name}{PART}")
        try:
            files = _fill(part, data, _newest(folder))
            complaints = count_in_copy(part / STORE, "complaints")
            part.rename(made)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(folder)
        return Backup(made, complaints, files, _prune(folder, keep))


def require_own(folder: Path) -> None:
    """ValueError for anybody but the folder's owner, who could not touch what another had made in it."""
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise ValueError(f"{folder} belongs to another user; run this as its owner")


def _fill(part: Path, data: Path, like: Path | None) -> int:
    """Photos after the store: what its documents name was on disk before they named it."""
    part.mkdir(mode=OWNERS_FOLDER)
    known = {name: frozenset(_names(data / name)) for name in FOLDERS}
    copy_sqlite(data / STORE, part / STORE)
    since = time.time_ns()
    files = sum(_copy(data / name, part / name, like, known[name], since) for name in FOLDERS)
    for name in (KEYS, CLOCK, LEDGER):
        if (data / name).is_file():
            copy_file(data / name, part / name)
            files += 1
    sync_folder(part)
    return files


def _copy(source: Path, target: Path, like: Path | None, known: frozenset[str], since: int) -> int:
    """Without what came after the store: no document of this backup names it, so no erasure would find it."""

    def named(entry: os.DirEntry[str]) -> bool:
        return entry.name in known or entry.stat().st_mtime_ns <= since

    return copy_folder(source, target, like / source.name if like else None, named) if source.is_dir() else 0


def _names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()] if folder.is_dir() else []


def _newest(folder: Path) -> Path | None:
    return next(reversed(backups_in(folder)), None)


def _prune(folder: Path, keep: int) -> tuple[str, ...]:
    """Half of one loses its name first, so that it is no backup any more when the power goes."""
    gone = too_many((file.name for file in folder.iterdir()), keep)
    for name in gone:
        part = folder / f".{name}{PART}"
        (folder / name).rename(part)
        shutil.rmtree(part)
    return tuple(gone)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time; whatever half of one lies there then is dead."""
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(f"another backup is being made in {folder}") from None
        for part in folder.glob(f".laksa-*{PART}"):
            shutil.rmtree(part)
        yield
