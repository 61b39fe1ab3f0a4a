"""What a move needs of the world: a store that can be read whole, and one file, written and read in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from workflows.ports import Document, Photos, Store
from workflows.privacy.ports import LedgerFile

SUBCOLLECTIONS = {"complaints": ("timeline",)}
"""What lies below a document of a collection. Firestore finds no other; an export of SQLite refuses others."""


class CannotMove(ValueError):
    """The city cannot be taken out or put in as things are; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One document and where it lies."""

    collection: str
    id: str
    data: Document


class WholeStore(Store, Protocol):
    """rows: every document there is, by collection and id, of bounded memory. SQLite reads one moment."""

    def rows(self) -> Iterator[Row]: ...


class Writer(Protocol):
    """Entries of a file, in the order in which they are given; the same entries are the same bytes."""

    def lines(self, name: str, lines: Iterable[bytes]) -> None: ...
    def put(self, name: str, data: bytes) -> None: ...


class Reader(Protocol):
    """The entries again. names: those of a folder, in order; CannotMove where the file is damaged or lacks one."""

    def lines(self, name: str) -> Iterator[bytes]: ...
    def get(self, name: str) -> bytes: ...
    def names(self, folder: str) -> list[str]: ...


@dataclass(frozen=True)
class City:
    """What moves. The ledger lies beside the store, as the photos and the mails that wait to be read do."""

    store: WholeStore
    photos: Photos
    ledger: LedgerFile
