"""A backup put back: copied beside the present city, then exchanged for it; what was there is kept aside."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from functions.commands.backing_up import require_own
from functions.commands.backups import CLOCK, FOLDERS, KEYS, LEDGER, PART, STORE, backups_in, name_of
from functions.unfinished_restore import MARK
from workflows.adapters.erasure_file import ErasureFile
from workflows.adapters.folder_copy import OWNERS_FOLDER, copy_file, copy_folder, sync_folder
from workflows.adapters.sqlite_copy import count_in_copy
from workflows.privacy.ledger import read_line

ASIDE = "before-restore-"
EXCHANGED = (f"{STORE}-wal", f"{STORE}-shm", STORE, *FOLDERS)


@dataclass(frozen=True)
class Restored:
    """How many complaints came back, and where lies what was there before; None where there was nothing."""

    complaints: int
    aside: Path | None


def restore(data: Path, backup: Path, at: datetime) -> Restored:
    """Put a backup in the place of the city in `data`, which must not run.

    ValueError for what is no backup, StoreUnavailable while Laksa runs, OSError where a disk fails; all before
    anything is exchanged. A restore that is cut after that is ended by the next one; until then no Laksa starts.
    """
    from infra.embedded.one_house import move_in

    _require_backup(backup)
    complaints = count_in_copy(backup / STORE, "complaints")
    require_own(data)
    with move_in(data, patience=0):
        staged = data / f".restore{PART}"
        shutil.rmtree(staged, ignore_errors=True)
        try:
            _stage(backup, staged, data)
            aside = _begin(data, at)
            for name in (*EXCHANGED, *_also(staged)):
                _exchange(data / name, staged / name, aside / name)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        _end(data)
        return Restored(complaints, _unless_empty(aside))


def _require_backup(backup: Path) -> None:
    """ValueError where it is none; of a folder with several, the sentence names the newest."""
    if (backup / STORE).is_file():
        return
    inside = backups_in(backup)
    raise ValueError(
        f"name one backup: the newest is {inside[-1]}" if inside else f"{backup} is no backup of Laksa's"
    )


def _stage(backup: Path, staged: Path, data: Path) -> None:
    """Whole on this disk before anything is touched. The ledger is not put back but added to: it only grows."""
    staged.mkdir(mode=OWNERS_FOLDER)
    for name in (STORE, KEYS, *([] if (data / CLOCK).exists() else [CLOCK])):
        if (backup / name).is_file():
            copy_file(backup / name, staged / name)
    for name in FOLDERS:
        if (backup / name).is_dir():
            copy_folder(backup / name, staged / name)
    count_in_copy(staged / STORE, "complaints")
    _add_to_ledger(ErasureFile(backup / LEDGER), ErasureFile(data / LEDGER))


def _add_to_ledger(old: ErasureFile, present: ErasureFile) -> None:
    known = set(present.lines())
    for line in old.lines():
        if line not in known and read_line(line):
            present.append(line)


def _begin(data: Path, at: datetime) -> Path:
    """The folder for what is here now; that of a restore which was cut, where there is one."""
    mark = data / MARK
    if not mark.exists():
        aside = data / name_of(at).replace("laksa-", ASIDE)
        aside.mkdir(mode=OWNERS_FOLDER)
        _write_through(mark, aside.name)
        sync_folder(data)
    return data / mark.read_text("utf-8")


def _also(staged: Path) -> list[str]:
    """Keys and clock are exchanged only where the backup brings them."""
    return [name for name in (KEYS, CLOCK) if (staged / name).exists()]


def _exchange(present: Path, new: Path, old: Path) -> None:
    """What lies here although the old one is aside already, a restore that was cut has put here."""
    if present.exists() and old.exists():
        shutil.rmtree(present) if present.is_dir() else present.unlink()
    elif present.exists():
        present.rename(old)
    if new.exists():
        new.rename(present)


def _end(data: Path) -> None:
    sync_folder(data)
    (data / MARK).unlink()
    sync_folder(data)


def _unless_empty(aside: Path) -> Path | None:
    if any(aside.iterdir()):
        return aside
    aside.rmdir()
    return None


def _write_through(file: Path, words: str) -> None:
    """Whole under its name or not at all."""
    part = file.with_name(f".{file.name}{PART}")
    with part.open("w", encoding="utf-8") as out:
        out.write(words)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
