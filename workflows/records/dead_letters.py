"""Messages that the bus gave up on: one record each, for `laksa stuck`. The alarms repeat their work
regardless.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import DEAD_LETTERS
from workflows.ports import Document, Query, Store
from workflows.unit_of_work import Services


@dataclass(frozen=True)
class DeadLetters:
    """Their number, and when the oldest was recorded."""

    count: int
    since: datetime


def dead_letters(store: Store) -> DeadLetters | None:
    """The dead letters nobody has handled yet; None when there are none."""
    oldest = Query(DEAD_LETTERS, order_by="at", limit=1)
    return next((DeadLetters(store.count(oldest), found.data["at"]) for found in store.query(oldest)), None)


def record(services: Services, topic: str, data: dict[str, str], error: str = "") -> str:
    """Store a dead letter under an id made from its content, so that a repeated one is no second record."""
    text = json.dumps([topic, data], sort_keys=True)
    id = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
    document: Document = {"topic": topic, "data": data, "error": error[:300], "at": services.clock.now()}
    services.store.transact(lambda tx: tx.set(DEAD_LETTERS, id, document))
    return id
