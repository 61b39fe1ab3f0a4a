"""The morning letters above the departments: one table a person and working day, and only when it holds a case."""

from __future__ import annotations

from workflows.domain.calendar import WIB
from workflows.domain.department import MAYOR, SEKDA
from workflows.domain.notice import Notice
from workflows.escalated import Person, on_table
from workflows.ports import Transaction
from workflows.runner import NOTICES, Ports, wake
from workflows.topics import NOTICE_DUE

TEMPLATE = "daily_table"
PEOPLE: dict[Person, str] = {"sekda": SEKDA, "mayor": MAYOR}


def morning(ports: Ports) -> list[str]:
    """Queue today's tables; run twice, or late, it queues each once. Returns the ids of the new notices."""
    now = ports.clock.now()
    today = now.astimezone(WIB).date()
    if not ports.policy.calendar().is_working_day(today):
        return []
    letters = [
        Notice(f"table.{today.isoformat()}.{role}", "", 0, TEMPLATE, role, office, created_at=now, next_try_at=now)
        for role, office in PEOPLE.items()
        if on_table(ports.store, role)
    ]
    new = [letter.id for letter in letters if _queue(ports, letter)]
    for id in new:
        wake(ports.bus, NOTICE_DUE, {"notice": id})
    return new


def _queue(ports: Ports, notice: Notice) -> bool:
    def work(transaction: Transaction) -> bool:
        if transaction.get(NOTICES, notice.id) is not None:
            return False
        transaction.create(NOTICES, notice.id, notice.to_document())
        return True

    return ports.store.transact(work)
