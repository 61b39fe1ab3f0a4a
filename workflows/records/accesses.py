"""Access records, one cheap write each: who read which complaint, for audits; erased together with the contact."""

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
    return [access_from(found.data) for found in reversed(store.query(of_case(ticket, MOST)))]
