"""The ports of a move: a store that can be read completely, and one file that is written and read in order."""

from __future__ import annotations
from collections.abc import Iterable, Iterator
from typing import Protocol

from workflows.frozen import frozen
from workflows.ports import Document, LedgerFile, Photos, Store

SUBCOLLECTIONS = {"complaints": ("timeline",)}
"""Subcollections by collection. Firestore finds no others; an export from SQLite refuses others."""


class CannotMove(ValueError):
    """The city cannot be exported or imported now; the message says why and what to do."""


@frozen
class Row:
    """One document with its collection and id."""

    collection: str
    id: str
    data: Document


class WholeStore(Store, Protocol):
    """`rows`: every document by collection and id, in bounded memory. SQLite reads a snapshot of one moment."""

    def rows(self) -> Iterator[Row]: ...


class Writer(Protocol):
    """Writes the entries of a file in the order given; equal entries give equal bytes."""

    def lines(self, name: str, lines: Iterable[bytes]) -> None: ...
    def put(self, name: str, data: bytes) -> None: ...


class Reader(Protocol):
    """Reads the entries. `names`: those of a folder, in order. CannotMove when the file is damaged or lacks an
    entry.
    """

    def lines(self, name: str) -> Iterator[bytes]: ...
    def get(self, name: str) -> bytes: ...
    def names(self, folder: str) -> list[str]: ...


@frozen
class City:
    """What is moved. The ledger is outside the store, like the photos and the mails that wait to be read."""

    store: WholeStore
    photos: Photos
    ledger: LedgerFile
