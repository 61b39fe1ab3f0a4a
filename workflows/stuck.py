"""What does not move by itself: alarms long past, letters that failed, messages the bus gave up on."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.dead_letters import DEAD_LETTERS
from workflows.domain.notice import FAILED, QUEUED
from workflows.ports import Document, Found, Query, Store
from workflows.runner import COMPLAINTS, NOTICES

PATIENCE = timedelta(minutes=15)
MOST = 500


def stuck(store: Store, now: datetime) -> dict[str, list[Document]]:
    """Three sweeps late is stuck. Empty lists mean that all is well."""
    before = now - PATIENCE
    overdue = Query(COMPLAINTS, (("next_check_at", "<=", before),), order_by="next_check_at", limit=MOST)
    unsent = Query(NOTICES, (("next_try_at", "<=", before),), order_by="next_try_at", limit=MOST)
    failed = Query(NOTICES, (("state", "==", FAILED),), order_by="created_at", limit=MOST)
    dead = Query(DEAD_LETTERS, order_by="at", limit=MOST)
    return {
        "overdue": [_complaint(f) for f in store.query(overdue)],
        "unsent": [_notice(f) for f in store.query(unsent)],
        "failed": [_notice(f) for f in store.query(failed)],
        "dead_letters": [{"id": f.id, **f.data} for f in store.query(dead)],
    }


def replay(store: Store, found: dict[str, list[Document]], now: datetime) -> int:
    """Failed letters are due again, dead letters are forgotten: the alarms carry their work. Returns how many."""
    again = {"state": QUEUED, "attempts": 0, "next_try_at": now, "created_at": now}
    for notice in found["failed"]:
        store.transact(lambda tx, id=notice["id"]: tx.update(NOTICES, id, again))  # type: ignore[misc]
    for letter in found["dead_letters"]:
        store.transact(lambda tx, id=letter["id"]: tx.delete(DEAD_LETTERS, id))  # type: ignore[misc]
    return len(found["failed"]) + len(found["dead_letters"])


def _complaint(found: Found) -> Document:
    return {"ticket": found.id, "state": found.data["state"], "next_check_at": found.data["next_check_at"]}


def _notice(found: Found) -> Document:
    names = ("state", "attempts", "next_try_at", "last_error")
    return {"id": found.id, **{name: found.data.get(name) for name in names}}
