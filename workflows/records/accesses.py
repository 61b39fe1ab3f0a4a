"""Access records, which the law asks for: who read which complaint, one cheap write each; erased together with the
contact. Offices have no accounts, so a link stands for a person.
"""

from __future__ import annotations
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from workflows.collection_names import ACCESSES
from workflows.domain.documents import STORED, Record, read_record, write_record
from workflows.frozen import frozen
from workflows.ports import Query, Store, Transaction

OPENED, CONTACT = "opened", "contact_read"
"""Actions that are reads: the complaint's page; the citizen's contact. Others are those of a POST."""
BOARD = "board"
"""The desk's board, in addition to the roles of a complaint's links."""
MAX_NAME_LENGTH = 100


@frozen
class Access(Record):
    """One link that did one thing with one complaint within an hour; nothing about the citizen. `office`: whose
    link it is (a department's or unit's code, DESK). `officer`: as typed with an action. `network`: a keyed hash
    of the caller's network, which shows that a link was passed on; '' for this machine.
    """

    ticket: str
    at: datetime
    role: str
    office: str
    assignment_no: int = field(metadata={STORED: "generation"})
    act: str
    officer: str = ""
    network: str = ""

    @property
    def id(self) -> str:
        """The id, the same for a repetition within the hour, so that reloading writes nothing new."""
        hour = self.at.astimezone(UTC).strftime("%Y%m%d%H")
        return f"{self.ticket}.{hour}.{self.role}.{self.assignment_no}.{self.act}.{self.network or 'here'}"

    def to_document(self) -> dict[str, Any]:
        """The record as it is stored."""
        return write_record(self)


PAGE = 200
MOST = 1000


MAX_REMEMBERED = 10_000


@dataclass
class RecentAccessCache:
    """The access records written lately by this process, so that reloading a page costs no write."""

    ids: dict[str, None] = field(default_factory=dict)

    def new(self, lines: Iterable[Access]) -> list[Access]:
        """The records that are not in the cache."""
        return [line for line in lines if line.id not in self.ids]

    def remember(self, lines: Iterable[Access]) -> None:
        """Add written records; when full, the cache is emptied, and records are written again."""
        if len(self.ids) > MAX_REMEMBERED:
            self.ids = {}
        self.ids |= dict.fromkeys(line.id for line in lines)


def write_accesses(store: Store, lines: Sequence[Access]) -> None:
    """Write records without a read; a record of the same hour has the same id. Retryable when the
    store is away.
    """

    def work(transaction: Transaction) -> None:
        for line in lines:
            transaction.set(ACCESSES, line.id, line.to_document())

    store.transact(work)


def of_case(ticket: str, limit: int = PAGE) -> Query:
    """The query for the records of one complaint, newest first."""
    return Query(ACCESSES, (("ticket", "==", ticket),), order_by="at", descending=True, limit=limit)


def accesses_of(store: Store, ticket: str) -> list[Access]:
    """The records of a complaint, oldest first; of too many the newest."""
    return [read_record(Access, found.data) for found in reversed(store.query(of_case(ticket, MOST)))]
