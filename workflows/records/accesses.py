"""The record of who read which case: one cheap write, read by whoever audits, erased with the contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workflows.collection_names import ACCESSES
from workflows.domain.access.access_record import Access, access_from
from workflows.ports import Query, Store, Transaction

PAGE = 200
MOST = 1000


MAX_REMEMBERED = 10_000


@dataclass
class RecentAccessCache:
    """The lines that this process has written lately, so that a refresh costs no write."""

    ids: dict[str, None] = field(default_factory=dict)

    def new(self, lines: Iterable[Access]) -> list[Access]:
        """Those that are not among them."""
        return [line for line in lines if line.id not in self.ids]

    def remember(self, lines: Iterable[Access]) -> None:
        """They are written; beyond very many everything is forgotten, and a line is written again."""
        if len(self.ids) > MAX_REMEMBERED:
            self.ids = {}
        self.ids |= dict.fromkeys(line.id for line in lines)


def write_accesses(store: Store, lines: Sequence[Access]) -> None:
    """Write them without a read; a line of the same hour is the same line. Retryable where the store is away."""

    def work(transaction: Transaction) -> None:
        for line in lines:
            transaction.set(ACCESSES, line.id, line.to_document())

    store.transact(work)


def of_case(ticket: str, limit: int = PAGE) -> Query:
    """Those of one case, the newest first."""
    return Query(ACCESSES, (("ticket", "==", ticket),), order_by="at", descending=True, limit=limit)


def accesses_of(store: Store, ticket: str) -> list[Access]:
    """Who read a case, oldest first; of very many the newest."""
    return [access_from(found.data) for found in reversed(store.query(of_case(ticket, MOST)))]
