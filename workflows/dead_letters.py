"""What the bus gave up on: one record a message, for `laksa stuck`; the alarms go on regardless."""

from __future__ import annotations

import hashlib
import json

from workflows.ports import Document
from workflows.runner import Ports

DEAD_LETTERS = "dead_letters"


def record(ports: Ports, topic: str, data: dict[str, str], error: str = "") -> str:
    """Keep a dead letter under an id made of what it says, so that the same one again is no second record."""
    text = json.dumps([topic, data], sort_keys=True)
    id = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
    document: Document = {"topic": topic, "data": data, "error": error[:300], "at": ports.clock.now()}
    ports.store.transact(lambda tx: tx.set(DEAD_LETTERS, id, document))
    return id
