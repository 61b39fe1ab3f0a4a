"""Before an answered case closes: does its answer still wait on the board for an operator to tell it?"""

from __future__ import annotations

from workflows.complaints import Complaints
from workflows.desk.telling import open_task
from workflows.domain.untold_answer import holds_answer, time_anew, would_close_unheard
from workflows.ports import Transaction
from workflows.unit_of_work import Services, save


def wait_for_desk(ports: Services, ticket: str) -> None:
    """Give the time to object anew while the task waits; once it is told or given up, never again."""
    now = ports.clock.now()

    def work(transaction: Transaction) -> None:
        complaint = Complaints(transaction).get(ticket)
        if complaint is None or not would_close_unheard(complaint, now):
            return
        task = open_task(transaction, ticket)
        if task and holds_answer(task, complaint) and (change := time_anew(complaint, ports.policy, now)):
            save(transaction, change, ports.policy, now)

    ports.store.transact(work)
