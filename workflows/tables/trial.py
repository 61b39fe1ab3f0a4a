"""A checked table, stored between the page that shows its changes and the confirmation: `tables/trial.<version>`
holds the files' texts for a day, and the next preparation removes older ones. Also replays the latest decided
complaints under another table.
"""

from __future__ import annotations
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from workflows.collection_names import ROUTING
from workflows.domain.complaint.model import Complaint
from workflows.frozen import frozen
from workflows.ports import Document, Query, Store, Transaction
from workflows.records.queries import every_complaint
from workflows.routing.decide import decide
from workflows.routing.model import Decision
from workflows.routing.route_complaint import letter_of
from workflows.routing.stored import pack, unpack, version_of
from workflows.routing.table import RoutingTable
from workflows.tables.versions import Upload

PREPARED_LIFETIME = timedelta(days=1)
_CLEARED = 20
_PREFIX = "prepared."
_VERSION = re.compile("[0-9a-f]{12}")


def store_prepared(store: Store, files: Mapping[str, str], upload: Upload, now: datetime) -> str:
    """Store a valid table under its version and return the version; ValueError when it does not fit into a
    document.
    """
    version, blob = version_of(files), pack(files)
    old = Query(ROUTING, (("prepared_at", "<", now - PREPARED_LIFETIME),), order_by="prepared_at", limit=_CLEARED)

    def work(transaction: Transaction) -> None:
        over = [found.id for found in transaction.query(old)]
        for id in over:
            transaction.delete(ROUTING, id)
        kept: Document = {"blob": blob, "prepared_at": now, "by": upload.by, "changed": list(upload.changed)}
        transaction.set(ROUTING, _PREFIX + version, kept)

    store.transact(work)
    return version


def read_prepared(store: Store, version: str, now: datetime) -> tuple[dict[str, str], Upload] | None:
    """Files and upload of a version that was prepared within the last day; else None."""
    document = store.get(ROUTING, _PREFIX + version) if _VERSION.fullmatch(version) else None
    if document is None or document["prepared_at"] <= now - PREPARED_LIFETIME:
        return None
    return unpack(document["blob"]), Upload(document["by"], tuple(document["changed"]))


@frozen
class Compared:
    """One complaint under both tables, without its text. `restricted`: few may know its department."""

    ticket: str
    old: Decision
    new: Decision
    restricted: bool = False

    @property
    def moves(self) -> bool:
        """Whether it would go elsewhere, or by way of the desk in one case only."""
        return _way(self.old) != _way(self.new)


def replay_table(store: Store, old: RoutingTable, new: RoutingTable, count: int) -> list[Compared]:
    """Decide the latest `count` decided complaints, newest first, under both tables; nothing is written."""
    decided = (complaint for complaint in every_complaint(store) if complaint.decision)
    return [_compared(complaint, old, new) for complaint in islice(decided, count)]


def _compared(complaint: Complaint, old: RoutingTable, new: RoutingTable) -> Compared:
    letter = letter_of(complaint)
    before, after = decide(letter, old), decide(letter, new)
    restricted = complaint.restricted or before.restricted or after.restricted or not (before.desk and after.desk)
    return Compared(complaint.ticket, before, after, restricted)


def _way(decision: Decision) -> tuple[str, str | None, bool]:
    return decision.opd, decision.external, decision.confident
