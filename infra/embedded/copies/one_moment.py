"""A running city as of one moment: its store, and the files that were there when the store was as it is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from functions.data_folder import FILES, FOLDERS, STORE
from workflows.adapters.folder_copy import copy_file, copy_folder
from workflows.adapters.owner_only import OWNERS_FOLDER
from workflows.adapters.sqlite_copy import sqlite_moment
from workflows.adapters.sync_folder import sync_folder


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
