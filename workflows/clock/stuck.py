"""Finds what does not move by itself: old alarms, unsent notices, dead letters, years the calendar
only guesses.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

from workflows.collection_names import COMPLAINTS, DEAD_LETTERS, INBOUND, NOTICES
from workflows.domain.complaint.model import OPEN
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.deadlines.policy import Policy
from workflows.domain.escalation.schedule import owed_by
from workflows.domain.notifications.notice import LOST, PENDING, DeliveryState, NoticeState
from workflows.ports import Document, Found, Query, Store, Transaction
from workflows.unit_of_work import complaint_of

PATIENCE = timedelta(minutes=15)
AHEAD = timedelta(days=120)
"""How long before a year's first deadline its cuti bersama must be in the calendar."""
A_NIGHT = timedelta(days=1)
"""The time within which everything due at midnight is erased."""
MOST = 500


class Owed(NamedTuple):
    """A complaint, its holder, and its deadline (UTC)."""

    ticket: str
    state: str
    opd: str
    deadline: datetime | None


def stuck(store: Store, policy: Policy, now: datetime) -> dict[str, list[Document]]:
    """Overdue complaints and what does not move by itself, by kind: three missed sweeps count as stuck. Empty
    lists mean that all is well.
    """
    before = now - PATIENCE
    rung = store.query(Query(COMPLAINTS, (("next_check_at", "<=", before),), order_by="next_check_at", limit=MOST))
    looked_at = {found.id: _owed(found) for found in (*_open(store), *rung)}
    lost = [Query(NOTICES, (("state", "==", state),), order_by="created_at", limit=MOST) for state in LOST]
    mails = Query(INBOUND, (("state", "==", "arrived"), ("came_at", "<=", before)), order_by="came_at", limit=MOST)
    kept = Query(COMPLAINTS, (("erase_at", "<=", now - A_NIGHT),), order_by="erase_at", limit=MOST)
    unasked = Query(COMPLAINTS, (("questionnaire_at", "<=", before),), order_by="questionnaire_at", limit=MOST)
    dead = Query(DEAD_LETTERS, order_by="at", limit=MOST)
    return {
        "unreadable": [{"ticket": id} for id, owed in sorted(looked_at.items()) if owed is None],
        "overdue": _overdue([owed for owed in looked_at.values() if owed], now),
        "alarms": [_alarm(f) for f in rung],
        "unsent": _unsent(store, before),
        "failed": [_notice(f) for query in lost for f in store.query(query)],
        "mails": [{"id": f.id, **f.data} for f in store.query(mails)],
        "unerased": [{"ticket": f.id, "erase_at": f.data["erase_at"]} for f in store.query(kept)],
        "unasked": [{"ticket": f.id, "questionnaire_at": f.data["questionnaire_at"]} for f in store.query(unasked)],
        "dead_letters": [{"id": f.id, **f.data} for f in store.query(dead)],
        "calendar": [{"year": year} for year in undecreed(policy, now)],
    }


def undecreed(policy: Policy, now: datetime) -> tuple[int, ...]:
    """The years up to AHEAD from now whose cuti bersama nobody has entered: deadlines there are a guess."""
    first, last = (at.astimezone(WIB).year for at in (now, now + AHEAD))
    return policy.calendar().undecreed_years(range(first, last + 1))


def replay(store: Store, found: dict[str, list[Document]], now: datetime) -> int:
    """Make failed notices due again, and retried ones due now; delete dead letters, since the alarms repeat their
    work. Returns how many.
    """
    again = [store.transact(partial(_queue_again, id=letter["id"], now=now)) for letter in found["failed"]]
    again += [store.transact(partial(_try_now, id=letter["id"], now=now)) for letter in found["unsent"]]
    forgotten = [store.transact(partial(_forget, id=letter["id"])) for letter in found["dead_letters"]]
    return sum(again) + sum(forgotten)


def _queue_again(transaction: Transaction, id: str, now: datetime) -> bool:
    """Queue a failed notice like a new one, so that the desk hears of a second failure too; False when somebody
    was faster.
    """
    notice = transaction.get(NOTICES, id)
    if notice is None or notice["state"] not in LOST:
        return False
    extra = {name: value for name, value in notice["extra"].items() if name not in DeliveryState.KEYS}
    fresh: Document = {
        "state": NoticeState.QUEUED,
        "attempts": 0,
        "next_try_at": now,
        "created_at": now,
        "extra": extra,
    }
    transaction.update(NOTICES, id, fresh)
    return True


def _try_now(transaction: Transaction, id: str, now: datetime) -> bool:
    """Make a notice due that a server deferred; those that wait for another reason go on waiting."""
    notice = transaction.get(NOTICES, id)
    if notice is None or notice["state"] != NoticeState.QUEUED or not notice.get("last_error") or notice.get("line"):
        return False
    if (again := notice.get("next_try_at")) is None or again <= now:
        return False
    transaction.update(NOTICES, id, {"next_try_at": now})
    return True


def _forget(transaction: Transaction, id: str) -> bool:
    if transaction.get(DEAD_LETTERS, id) is None:
        return False
    transaction.delete(DEAD_LETTERS, id)
    return True


def _unsent(store: Store, before: datetime) -> list[Document]:
    """Unsent notices by age, since the alarm of a retried one is always in the future. Rate-limited ones are not
    stuck.
    """
    queries = [
        Query(NOTICES, (("state", "==", state), ("created_at", "<=", before)), order_by="created_at", limit=MOST)
        for state in PENDING
    ]
    found = [_notice(f) for query in queries for f in store.query(query) if not f.data.get("line")]
    return sorted(found, key=lambda notice: (notice["created_at"], notice["id"]))


def _open(store: Store) -> list[Found]:
    every = Query(COMPLAINTS, order_by="next_check_at", limit=MOST)
    queries = [replace(every, where=(("state", "==", state),)) for state in sorted(OPEN)]
    return [found for query in queries for found in store.query(query)]


def _owed(found: Found) -> Owed | None:
    """The debt of a complaint; None for an unreadable document, which is reported while the others are checked."""
    try:
        case = complaint_of(found)
        deadline = owed_by(case) if case.state in OPEN else None
        return Owed(case.ticket, case.state, case.opd or "DESK", deadline and deadline.astimezone(UTC))
    except Exception:
        return None


def _overdue(every: list[Owed], now: datetime) -> list[Document]:
    """Open complaints past their deadline, longest first: ticket, holder and date only."""
    late = [(owed.deadline, owed) for owed in every if owed.deadline and owed.deadline <= now]
    return [owed._asdict() for _, owed in sorted(late, key=lambda pair: (pair[0], pair[1].ticket))]


def _alarm(found: Found) -> Document:
    return {"ticket": found.id, "state": found.data.get("state"), "next_check_at": found.data["next_check_at"]}


def _notice(found: Found) -> Document:
    names = ("state", "attempts", "created_at", "next_try_at", "last_error")
    return {"id": found.id, **{name: found.data.get(name) for name in names}}
