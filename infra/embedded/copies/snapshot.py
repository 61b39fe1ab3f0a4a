"""A running city as of one moment: its store, and the files that were there when the store was as it is copied.

A backup beside the present city, before any exchange: copied, compared with its inventory, its keys tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from functions.app.data_folder import CLOCK, FILES, FOLDERS, KEYS, STORE, STORE_LOG
from infra.embedded.copies.inventory import Inventory, differing, read_inventory
from infra.embedded.copies.old_backups import backups_in
from workflows.adapters.local_files import OWNERS_FOLDER, copy_file, copy_folder, sync_folder
from workflows.adapters.secrets_file import load
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite_copy import count_in_copy, settle_copy, sqlite_moment
from workflows.collection_names import COMPLAINTS
from workflows.migration.manifest import opens


@dataclass(frozen=True)
class Moment:
    """The city in `data`: what copies its store, and the names that lay in each folder of files."""

    data: Path
    copy_store: Callable[[Path], None]
    names: dict[str, frozenset[str]]

    def copy_to(self, part: Path, like: Path | None) -> int:
        """Fill a new folder; how many files are in it beside the store. Unchanged ones are linked from `like`.

        What came after the moment is left out: no document of this store names it, so no erasure would find it.
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
    """This moment of the city, for a block; writers go on meanwhile. Errors are those of `sqlite_moment`.

    The store is held first, then names are read: what its documents name was on disk before they named it.
    """
    with sqlite_moment(data / STORE) as copy_store:
        yield Moment(data, copy_store, {name: _names(data / name) for name in FOLDERS})


def _names(folder: Path) -> frozenset[str]:
    return frozenset(file.name for file in folder.iterdir()) if folder.is_dir() else frozenset()


NO_KEYS = (
    "there are no keys in {backup}, so links in old mails would not open: set LAKSA_KEYS to those of that city, "
    "or put its secrets.json into {data}"
)
OTHER_KEYS = (
    "the keys here are others than those of {backup}, so links in old mails would not open: use the old ones"
)
DAMAGED = "{backup} is damaged: {count} files are not as they were made, the first is {first}"
PHOTOS_ALONE = "; with --damaged the city comes back all the same, these photos and mails as they are"


def require_backup(backup: Path) -> None:
    """ValueError where it is none; of a folder with several, the sentence names the newest."""
    if (backup / STORE).is_file():
        return
    inside = backups_in(backup)
    raise ValueError(
        f"name one backup: the newest is {inside[-1]}" if inside else f"{backup} is no backup of Laksa's"
    )


def stage(backup: Path, staged: Path, data: Path, keys: Sequence[str], damaged: bool) -> int:
    """Whole on this disk before anything is touched; how many complaints are in it.

    A folder that a restore kept aside is no backup but a raw city: what its store's log holds belongs to it.
    keys: those set outside the data, which count before any that lie there. damaged: photos and mails may be.
    ValueError for what is damaged and for keys with which no old link would open, OSError or StoreUnavailable
    where a disk fails.
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
    """Time does not go back."""
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
    """What was copied, and of the rest the original: the ledger's lines are added to those that are here."""
    found = differing(inventory, staged, backup)
    needed = [name for name in found if not name.startswith(tuple(f"{folder}/" for folder in FOLDERS))]
    if needed or (found and not damaged):
        words = DAMAGED.format(backup=backup, count=len(found), first=(needed or found)[0])
        raise ValueError(words + ("" if needed else PHOTOS_ALONE))


def _signing(keys: Sequence[str], files: Sequence[Path]) -> Sequence[str]:
    """Those given, else those in the first file there is; that must be readable in any case."""
    lying = next((load(file) for file in files if file.exists()), [])
    return keys or lying
