"""A snapshot of a running city: its store, and the files that existed at that moment. Also stages a backup beside
the present city before any exchange: copied, compared with its inventory, its keys tried.
"""

from __future__ import annotations
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from functions.app.data_folder import CLOCK, FILES, FOLDERS, KEYS, STORE, STORE_LOG
from infra.embedded.copies.inventory import Inventory, differing, read_inventory
from infra.embedded.copies.old_backups import backups_in
from workflows.adapters.local_files import OWNERS_FOLDER, copy_file, copy_folder, load, sync_folder
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite_copy import count_in_copy, settle_copy, sqlite_moment
from workflows.collection_names import COMPLAINTS
from workflows.migration.manifest import opens


@dataclass(frozen=True)
class Moment:
    """The city in `data` at one moment: a function that copies its store, and the names in each
    folder of files.
    """

    data: Path
    copy_store: Callable[[Path], None]
    names: dict[str, frozenset[str]]

    def copy_to(self, part: Path, like: Path | None) -> int:
        """Fill a new folder; returns the number of files beside the store. Unchanged files are linked from `like`.
        Files newer than the moment are left out: no document of this store names them, so no erasure would find
        them.
        """
        part.mkdir(mode=OWNERS_FOLDER)
        self.copy_store(part / STORE)
        files = sum(self._copy_folder(name, part, like) for name in FOLDERS)
        for name in FILES:
            if (self.data / name).is_file():
                copy_file(self.data / name, part / name)
                files += 1
        sync_folder(part)
        return files

    def _copy_folder(self, name: str, part: Path, like: Path | None) -> int:
        if not (self.data / name).is_dir():
            return 0
        known = self.names[name]
        return copy_folder(self.data / name, part / name, like / name if like else None, known.__contains__)


@contextmanager
def moment_of(data: Path) -> Iterator[Moment]:
    """The present moment of the city, for a block; writers continue. Raises the errors of `sqlite_moment`. The
    store is held first, then names are read: files that its documents name were on disk before.
    """
    with sqlite_moment(data / STORE) as copy_store:
        yield Moment(data, copy_store, {name: _names(data / name) for name in FOLDERS})


def _names(folder: Path) -> frozenset[str]:
    return frozenset(file.name for file in folder.iterdir()) if folder.is_dir() else frozenset()


NO_KEYS = (
    "there are no keys in {backup}, so links in old mails would not open: set LAKSA_KEYS to those of that city, "
    "or put its secrets.json into {data}"
)
OTHER_KEYS = "the keys here are others than those of {backup}, so links in old mails would not open: use the old ones"
DAMAGED = "{backup} is damaged: {count} files are not as they were made, the first is {first}"
PHOTOS_ALONE = "; with --damaged the city comes back all the same, these photos and mails as they are"


def require_backup(backup: Path) -> None:
    """ValueError for a folder that is no backup; for a folder of several, the sentence names the newest."""
    if (backup / STORE).is_file():
        return
    inside = backups_in(backup)
    raise ValueError(f"name one backup: the newest is {inside[-1]}" if inside else f"{backup} is no backup of Laksa's")


def stage(backup: Path, staged: Path, data: Path, keys: Sequence[str], damaged: bool) -> int:
    """Copy a backup completely to this disk before anything is exchanged; returns its number of complaints. A
    folder that a restore kept aside is not a backup but raw data, so the log of its store is merged. `keys`: those
    set outside the data, which come before any in it. `damaged`: accept damaged photos and mails. ValueError for
    damage and for keys with which no old link would open, OSError or StoreUnavailable when a disk fails.
    """
    inventory = read_inventory(backup)
    _copy(backup, staged, (STORE, KEYS, *_log(inventory), *_clock(data)))
    if inventory:
        _require_as_made(inventory, staged, backup, damaged)
    settle_copy(staged / STORE)
    complaints = count_in_copy(staged / STORE, COMPLAINTS)
    signing = _signing(keys, [folder / KEYS for folder in (staged, data)])
    if complaints and not signing:
        raise ValueError(NO_KEYS.format(backup=backup, data=data))
    if signing and inventory and inventory.probe and not opens(SignedLinks(signing), inventory.probe):
        raise ValueError(OTHER_KEYS.format(backup=backup))
    return complaints


def _log(inventory: Inventory | None) -> tuple[str, ...]:
    return () if inventory else (STORE_LOG,)


def _clock(data: Path) -> tuple[str, ...]:
    """The clock's file if it may be exchanged: time must not go back."""
    return () if (data / CLOCK).exists() else (CLOCK,)


def _copy(backup: Path, staged: Path, names: Sequence[str]) -> None:
    staged.mkdir(mode=OWNERS_FOLDER)
    for name in names:
        if (backup / name).is_file():
            copy_file(backup / name, staged / name)
    for name in FOLDERS:
        if (backup / name).is_dir():
            copy_folder(backup / name, staged / name)


def _require_as_made(inventory: Inventory, staged: Path, backup: Path, damaged: bool) -> None:
    """Compare with the inventory: what was copied, and the originals of the rest; the ledger's lines are added to
    the present ones.
    """
    found = differing(inventory, staged, backup)
    needed = [name for name in found if not name.startswith(tuple(f"{folder}/" for folder in FOLDERS))]
    if needed or (found and not damaged):
        words = DAMAGED.format(backup=backup, count=len(found), first=(needed or found)[0])
        raise ValueError(words + ("" if needed else PHOTOS_ALONE))


def _signing(keys: Sequence[str], files: Sequence[Path]) -> Sequence[str]:
    """The given keys, else those in the first file that exists, which must be readable in any case."""
    lying = next((load(file) for file in files if file.exists()), [])
    return keys or lying
