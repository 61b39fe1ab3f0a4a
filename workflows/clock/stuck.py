"""What does not move by itself: old alarms, letters not out, dead messages, years the calendar only guesses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from workflows.clock.dead_letters import DEAD_LETTERS
from workflows.domain.calendar import WIB
from workflows.domain.complaint import OPEN, from_document
from workflows.domain.ladder import owed_by
from workflows.domain.notice import LOST, OF_THE_TRIES, PENDING, QUEUED
from workflows.domain.policy import Policy
from workflows.ports import Document, Found, Query, Store, Transaction
from workflows.runner import COMPLAINTS, INBOUND, NOTICES

PATIENCE = timedelta(minutes=15)
AHEAD = timedelta(days=120)
"""How long before a year's first deadline its cuti bersama must stand in the calendar."""
A_NIGHT = timedelta(days=1)
"""In which everything that came due at midnight is erased."""
MOST = 500


def stuck(store: Store, policy: Policy, now: datetime) -> dict[str, list[Document]]:
    """Cases past their date, and what does not move by itself: three sweeps late is stuck.

    Empty lists mean that all is well.
    """
    before = now - PATIENCE
    alarms = Query(COMPLAINTS, (("next_check_at", "<=", before),), order_by="next_check_at", limit=MOST)
    lost = [Query(NOTICES, (("state", "==", state),), order_by="created_at", limit=MOST) for state in LOST]
    mails = Query(INBOUND, (("state", "==", "arrived"), ("came_at", "<=", before)), order_by="came_at", limit=MOST)
    kept = Query(COMPLAINTS, (("erase_at", "<=", now - A_NIGHT),), order_by="erase_at", limit=MOST)
    unasked = Query(COMPLAINTS, (("questionnaire_at", "<=", before),), order_by="questionnaire_at", limit=MOST)
    dead = Query(DEAD_LETTERS, order_by="at", limit=MOST)
    return {
        "overdue": _overdue(store, now),
        "alarms": [_alarm(f) for f in store.query(alarms)],
        "unsent": _unsent(store, before),
        "failed": [_notice(f) for query in lost for f in store.query(query)],
        "mails": [{"id": f.id, **f.data} for f in store.query(mails)],
        "unerased": [{"ticket": f.id, "erase_at": f.data["erase_at"]} for f in store.query(kept)],
        "unasked": [
            {"ticket": f.id, "questionnaire_at": f.data["questionnaire_at"]} for f in store.query(unasked)
        ],
        "dead_letters": [{"id": f.id, **f.data} for f in store.query(dead)],
        "calendar": [{"year": year} for year in undecreed(policy, now)],
    }


def undecreed(policy: Policy, now: datetime) -> tuple[int, ...]:
    """The years up to AHEAD from now whose cuti bersama nobody has entered: deadlines there are a guess."""
    first, last = (at.astimezone(WIB).year for at in (now, now + AHEAD))
    return policy.calendar().undecreed_years(range(first, last + 1))


def replay(store: Store, found: dict[str, list[Document]], now: datetime) -> int:
    """Failed letters are due again, dead letters are forgotten: the alarms carry their work. Returns how many."""
    again = [store.transact(partial(_queue_again, id=letter["id"], now=now)) for letter in found["failed"]]
    forgotten = [store.transact(partial(_forget, id=letter["id"])) for letter in found["dead_letters"]]
    return sum(again) + sum(forgotten)


def _queue_again(transaction: Transaction, id: str, now: datetime) -> bool:
    """As if it were new, so that the desk hears of a second failure too; not when somebody was faster."""
    notice = transaction.get(NOTICES, id)
    if notice is None or notice["state"] not in LOST:
        return False
    extra = {name: value for name, value in notice["extra"].items() if name not in OF_THE_TRIES}
    fresh: Document = {"state": QUEUED, "attempts": 0, "next_try_at": now, "created_at": now, "extra": extra}
    transaction.update(NOTICES, id, fresh)
    return True


def _forget(transaction: Transaction, id: str) -> bool:
    if transaction.get(DEAD_LETTERS, id) is None:
        return False
    transaction.delete(DEAD_LETTERS, id)
    return True


def _unsent(store: Store, before: datetime) -> list[Document]:
    """By their age: the alarm of a letter that is tried again always lies ahead. One in line is not stuck."""
    queries = [
        Query(NOTICES, (("state", "==", state), ("created_at", "<=", before)), order_by="created_at", limit=MOST)
        for state in PENDING
    ]
    found = [_notice(f) for query in queries for f in store.query(query) if not f.data.get("line")]
    return sorted(found, key=lambda notice: (notice["created_at"], notice["id"]))


def _overdue(store: Store, now: datetime) -> list[Document]:
    """Open cases whose date has passed, longest first; number, holder and date, nothing of the matter."""
    every = Query(COMPLAINTS, order_by="next_check_at", limit=MOST)
    queries = [replace(every, where=(("state", "==", state),)) for state in sorted(OPEN)]
    cases = [from_document(found.data) for query in queries for found in store.query(query)]
    late = [(deadline, case) for case in cases if (deadline := owed_by(case)) and deadline <= now]
    return [
        {"ticket": case.ticket, "state": case.state, "opd": case.opd or "DESK", "deadline": deadline}
        for deadline, case in sorted(late, key=lambda pair: (pair[0], pair[1].ticket))
    ]


def _alarm(found: Found) -> Document:
    return {"ticket": found.id, "state": found.data["state"], "next_check_at": found.data["next_check_at"]}


def _notice(found: Found) -> Document:
    names = ("state", "attempts", "created_at", "next_try_at", "last_error")
    return {"id": found.id, **{name: found.data.get(name) for name in names}}
