"""The ledger of erasures: number, what, when, on whose word. It is followed again when an old copy came back."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import ERASURES
from workflows.domain.documents import Record, read_record, write_record
from workflows.ports import Document, Query, Store, Transaction
from workflows.privacy.erasure_context import ErasureContext
from workflows.privacy.ports import LedgerFile
from workflows.records.queries import every_found

ASKED, POLICY = "asked", "policy"
"""On whose word: the person's, by the command; the policy's, by the sweep."""
PAGE = 200
log = logging.getLogger("laksa")


@dataclass(frozen=True)
class Erasure(Record):
    """One erasure. It names nobody: the number leads to nothing any more but a state and dates."""

    ticket: str
    what: str
    at: datetime
    by: str

    @property
    def id(self) -> str:
        """One record a case and kind, however often it is repeated."""
        return f"{self.ticket}.{self.what}"

    def to_document(self) -> Document:
        """As it lies in the store."""
        return write_record(self)

    def to_line(self) -> str:
        """The same as one line of JSON."""
        return json.dumps(write_record(self), default=datetime.isoformat)


def read_line(line: str) -> Erasure | None:
    """The erasure of a line; None, and a word in the log, where it is none."""
    try:
        known = json.loads(line)
        return read_record(Erasure, known | {"at": datetime.fromisoformat(known["at"])})
    except (ValueError, KeyError, TypeError):
        log.error("erasure not understood")
        return None


def note(keepers: ErasureContext, erasure: Erasure) -> None:
    """Written before anything is erased, so that one which was cut short is known and taken up again."""
    if keepers.ports.store.get(ERASURES, erasure.id) is None:
        keepers.ledger.append(erasure.to_line())


def record(transaction: Transaction, erasure: Erasure) -> None:
    """In the caller's transaction: it is done."""
    transaction.set(ERASURES, erasure.id, erasure.to_document())


def unreadable(lines: Iterable[str]) -> list[int]:
    """The numbers of the lines, from 1 on, that say nothing of an erasure; an empty line says nothing wrong."""
    return [n for n, line in enumerate(lines, 1) if line.strip() and read_line(line) is None]


def in_file(file: LedgerFile) -> Iterator[Erasure]:
    """What is noted beside the store, oldest first."""
    return (erasure for line in file.lines() if (erasure := read_line(line)))


def in_store(store: Store) -> Iterator[Erasure]:
    """What the store knows to be done, page by page."""
    return (read_record(Erasure, found.data) for found in every_found(store, Query(ERASURES, limit=PAGE)))


def undone(keepers: ErasureContext, noted: Iterable[Erasure]) -> list[Erasure]:
    """Those of which the store knows nothing: an old copy of it came back, or they were cut short."""
    once = list({erasure.id: erasure for erasure in noted}.values())
    pages = (once[first : first + PAGE] for first in range(0, len(once), PAGE))
    return [erasure for page in pages for erasure in _unknown(keepers.ports.store, page)]


def _unknown(store: Store, page: list[Erasure]) -> Iterator[Erasure]:
    known = store.get_many(ERASURES, [erasure.id for erasure in page])
    return (erasure for erasure, document in zip(page, known, strict=True) if document is None)


def every(keepers: ErasureContext, more: Iterable[Erasure] = ()) -> list[Erasure]:
    """All that the file, the store or `more` knows of, oldest first; what the file did not have is added to it."""
    noted = {erasure.id: erasure for erasure in in_file(keepers.ledger)}
    others = {
        erasure.id: erasure for erasure in (*more, *in_store(keepers.ports.store)) if erasure.id not in noted
    }
    for erasure in others.values():
        keepers.ledger.append(erasure.to_line())
    return sorted((noted | others).values(), key=lambda erasure: erasure.at)
