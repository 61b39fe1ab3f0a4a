"""Backs up a running city: everything as of one moment, next to the older backups, renamed into place when it is
complete.
"""

from __future__ import annotations
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from functions.app.data_folder import PHOTOS, STORE, require_own, require_restored
from infra.embedded.copies.inventory import known_keys, photo_gaps, write_inventory
from infra.embedded.copies.old_backups import Gone, Keep, backups_in, half_of, name_of, remove_halves, remove_old
from infra.embedded.copies.snapshot import moment_of
from infra.embedded.host_lock import lock_alone, lock_for_copy
from workflows.adapters.local_files import OWNERS_FOLDER, sync_folder
from workflows.adapters.sqlite_copy import count_in_copy, document_in_copy
from workflows.collection_names import COMPLAINTS, SYSTEM
from workflows.migration.import_guard import MOVE, require_done

ALL = Keep()


@dataclass(frozen=True)
class Backup:
    """What was made: where, how many complaints and files, which older backups were deleted and which could not
    be. `gaps`: a sentence for each thing that the city, and so the backup, lacks.
    """

    path: Path
    complaints: int
    files: int
    removed: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


def make_backup(data: Path, folder: Path, at: datetime, keep: Keep = ALL, keys: Sequence[str] = ()) -> Backup:
    """Copy the city in `data` into a new folder in `folder`, completely or not at all; then delete old backups.
    `keys`: the signing keys if they are not in `data`.

    StoreUnavailable for a city that is only half imported, StoreUnavailable or OSError when a disk fails,
    ValueError when the copy is unusable, another copy is being made or the folder is unsuitable; then nothing is
    left. Old backups that cannot be deleted are named in the result. After a backup with gaps none is deleted:
    they may have what it lacks.
    """
    _require_place(data, folder)
    require_own(data)
    folder.mkdir(mode=OWNERS_FOLDER, exist_ok=True)
    require_own(folder)
    with lock_for_copy(data), lock_alone(folder / ".lock", f"another backup is being made in {folder}"):
        require_restored(data)
        halves = remove_halves(folder)
        made = _make(data, folder / name_of(at), keys)
        old = Gone() if made.gaps else remove_old(folder, made.path, at, keep)
        return replace(made, removed=old.names, troubles=(*halves.troubles, *old.troubles))


def _require_place(data: Path, folder: Path) -> None:
    """ValueError for a folder inside the city's own, or one that holds a store (another city or a backup)."""
    if data.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise ValueError(f"{folder} is the city's own data; backups go elsewhere, best on another disk")
    if (folder / STORE).exists():
        raise ValueError(f"{folder} is a city or a backup itself; name the folder for backups")


def _make(data: Path, path: Path, keys: Sequence[str]) -> Backup:
    part, newest = path.with_name(half_of(path.name)), next(reversed(backups_in(path.parent)), None)
    try:
        with moment_of(data) as moment:
            files = moment.copy_to(part, newest)
        complaints = _complaints_in(part)
        probe, keyless = known_keys(part, keys)
        gaps = (*photo_gaps(part, moment.names[PHOTOS]), *(keyless if complaints else ()))
        write_inventory(part, probe, newest)
        sync_folder(part)
        part.rename(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(path.parent)
    return Backup(path, complaints, files, gaps=gaps)


def _complaints_in(part: Path) -> int:
    """Number of complaints; StoreUnavailable when an import into the city was begun and not finished."""
    complaints = count_in_copy(part / STORE, COMPLAINTS)
    require_done(document_in_copy(part / STORE, SYSTEM, MOVE))
    return complaints
