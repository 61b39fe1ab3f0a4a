"""The ledger of erasures: ticket, what, when, on whose request. It is repeated after an old copy of the store was
restored. Also what every erasure is given: the ports it needs, and the person a complaint's words may name.
"""

from __future__ import annotations
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime

from workflows.collection_names import ERASURES
from workflows.domain.documents import Record, read_record, write_record
from workflows.domain.privacy.redaction import without_reporter_name
from workflows.frozen import frozen
from workflows.ports import CaughtLetters, Document, LedgerFile, Query, Store, Transaction
from workflows.records.queries import every_found
from workflows.unit_of_work import Services


@frozen
class ErasureContext:
    """The ports that an erasure needs."""

    services: Services
    letters: CaughtLetters
    ledger: LedgerFile


@frozen
class Person:
    """The person whom a complaint's words may name, from `reporters`; all fields empty when unknown."""

    known: bool = False
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    def wrote(self, words: str) -> bool:
        """Whether the person's address or number occurs in a text, in any case."""
        folded = words.casefold()
        return any(each and each.casefold() in folded for each in (self.email, self.phone))

    def is_named_in(self, words: str) -> bool:
        """Whether address, number or a part of the name (as a word) occurs in a text."""
        return self.wrote(words) or without_reporter_name(words, self.name) != words


def person_of(document: Document | None) -> Person:
    """The person in a document of `reporters`."""
    if document is None:
        return Person()
    return Person(True, *(str(document.get(field) or "") for field in ("name", "email", "phone")))


ASKED, POLICY = "asked", "policy"
"""On whose request: the person's (by the command), or the policy's (by the sweep)."""
PAGE = 200
log = logging.getLogger("laksa")


@frozen
class Erasure(Record):
    """One erasure. It names nobody: the ticket leads only to a state and dates."""

    ticket: str
    what: str
    at: datetime
    by: str

    @property
    def id(self) -> str:
        """The record's id: one per complaint and kind, however often it is repeated."""
        return f"{self.ticket}.{self.what}"

    def to_document(self) -> Document:
        """The erasure as the store holds it."""
        return write_record(self)

    def to_line(self) -> str:
        """The erasure as one line of JSON."""
        return json.dumps(write_record(self), default=datetime.isoformat)


def read_line(line: str) -> Erasure | None:
    """The erasure of a line; None, with a warning in the log, for an invalid line."""
    try:
        known = json.loads(line)
        return read_record(Erasure, known | {"at": datetime.fromisoformat(known["at"])})
    except (ValueError, KeyError, TypeError):
        log.error("erasure not understood")
        return None


def note(keepers: ErasureContext, erasure: Erasure) -> Erasure:
    """Write the erasure to the file before anything is erased, so that an interrupted one is known and resumed.

    Returns the erasure to record; a repeated one with what a newer release has added to its record.
    """
    known = keepers.services.store.get(ERASURES, erasure.id)
    if known is None:
        keepers.ledger.append(erasure.to_line())
        return erasure
    return replace(erasure, unknown=read_record(Erasure, known).unknown)


def record(transaction: Transaction, erasure: Erasure) -> None:
    """Record the erasure as done, in the caller's transaction."""
    transaction.set(ERASURES, erasure.id, erasure.to_document())


def unreadable(lines: Iterable[str]) -> list[int]:
    """The numbers, from 1, of lines that are no erasure; empty lines are fine."""
    return [n for n, line in enumerate(lines, 1) if line.strip() and read_line(line) is None]


def in_file(file: LedgerFile) -> Iterator[Erasure]:
    """The erasures in the file beside the store, oldest first."""
    return (erasure for line in file.lines() if (erasure := read_line(line)))


def in_store(store: Store) -> Iterator[Erasure]:
    """The erasures that the store knows to be done, page by page."""
    return (read_record(Erasure, found.data) for found in every_found(store, Query(ERASURES, limit=PAGE)))


def undone(keepers: ErasureContext, noted: Iterable[Erasure]) -> list[Erasure]:
    """The erasures that the store does not know: an old copy was restored, or they were interrupted."""
    once = list({erasure.id: erasure for erasure in noted}.values())
    pages = (once[first : first + PAGE] for first in range(0, len(once), PAGE))
    return [erasure for page in pages for erasure in _unknown(keepers.services.store, page)]


def _unknown(store: Store, page: list[Erasure]) -> Iterator[Erasure]:
    known = store.get_many(ERASURES, [erasure.id for erasure in page])
    return (erasure for erasure, document in zip(page, known, strict=True) if document is None)


def every(keepers: ErasureContext, more: Iterable[Erasure] = ()) -> list[Erasure]:
    """All erasures of file, store and `more`, oldest first; those missing in the file are added to it."""
    noted = {erasure.id: erasure for erasure in in_file(keepers.ledger)}
    stored = {erasure.id: erasure for erasure in in_store(keepers.services.store)}
    others = {erasure.id: erasure for erasure in (*more, *stored.values()) if erasure.id not in noted}
    for erasure in others.values():
        keepers.ledger.append(erasure.to_line())
    found = (_with_added(erasure, stored.get(erasure.id)) for erasure in (noted | others).values())
    return sorted(found, key=lambda erasure: erasure.at)


def _with_added(erasure: Erasure, stored: Erasure | None) -> Erasure:
    """With what a newer release has added to the stored record, which it is going to replace."""
    return replace(erasure, unknown={**erasure.unknown, **stored.unknown}) if stored else erasure
