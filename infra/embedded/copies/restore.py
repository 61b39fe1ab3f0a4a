"""Restores a backup: copies it next to the present city, then exchanges the two; the old data is kept aside."""

from __future__ import annotations
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from functions.app.data_folder import (
    ASIDE,
    CLOCK,
    FOLDERS,
    KEYS,
    LEDGER,
    RESTORING,
    STAGED,
    STORE,
    STORE_INDEX,
    STORE_LOG,
    require_own,
)
from infra.embedded.copies.old_backups import name_of
from infra.embedded.copies.snapshot import require_backup, stage
from infra.embedded.host_lock import acquire_host_lock, lock_for_copy
from workflows.adapters.local_files import OWNERS_FOLDER, ErasureFile, sync_folder, write_whole
from workflows.privacy.ledger import read_line

EXCHANGED = (STORE_LOG, STORE_INDEX, STORE, *FOLDERS)


@dataclass(frozen=True)
class Restored:
    """How many complaints were restored, and where the old data is; None if there was none."""

    complaints: int
    aside: Path | None


def restore(data: Path, backup: Path, at: datetime, keys: Sequence[str] = (), damaged: bool = False) -> Restored:
    """Replace the city in `data`, which must not run, by a backup; `keys` and `damaged` as for `stage`. Raises the
    errors of `stage`, ValueError while another copy is made and StoreUnavailable while Laksa runs, all before
    anything is exchanged. A restore that is interrupted later is finished by the next one; until then no Laksa
    starts.
    """
    require_backup(backup)
    require_own(data)
    with acquire_host_lock(data, patience=0), lock_for_copy(data):
        staged = data / STAGED
        shutil.rmtree(staged, ignore_errors=True)
        try:
            complaints = stage(backup, staged, data, keys, damaged)
            _add_to_ledger(ErasureFile(backup / LEDGER), ErasureFile(data / LEDGER))
            aside = _begin(data, at)
            for name in (*EXCHANGED, *_also(staged)):
                _exchange(data / name, staged / name, aside / name)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        _end(data)
        return Restored(complaints, _unless_empty(aside))


def _add_to_ledger(old: ErasureFile, present: ErasureFile) -> None:
    known = set(present.lines())
    for line in old.lines():
        if line not in known and read_line(line):
            present.append(line)


def _begin(data: Path, at: datetime) -> Path:
    """The folder for the present data; that of an interrupted restore, if there is one."""
    mark = data / RESTORING
    if not mark.exists():
        aside = data / name_of(at).replace("laksa-", ASIDE)
        aside.mkdir(mode=OWNERS_FOLDER)
        write_whole(mark, aside.name)
        sync_folder(data)
    return data / mark.read_text("utf-8")


def _also(staged: Path) -> list[str]:
    """Keys and clock, which are exchanged only if the backup contains them."""
    return [name for name in (KEYS, CLOCK) if (staged / name).exists()]


def _exchange(present: Path, new: Path, old: Path) -> None:
    """Move `present` to `old` and `new` to `present`. If `old` exists already, an interrupted restore has put
    `present` there.
    """
    if present.exists() and old.exists():
        shutil.rmtree(present) if present.is_dir() else present.unlink()
    elif present.exists():
        present.rename(old)
    if new.exists():
        new.rename(present)


def _end(data: Path) -> None:
    sync_folder(data)
    (data / RESTORING).unlink()
    sync_folder(data)


def _unless_empty(aside: Path) -> Path | None:
    if any(aside.iterdir()):
        return aside
    aside.rmdir()
    return None
