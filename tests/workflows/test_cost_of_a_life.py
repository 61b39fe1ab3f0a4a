"""What one complaint costs from its form to its end, in documents read and written and in messages."""

from __future__ import annotations
import sys
from collections import Counter

import pytest

from tests.workflows.counting import CountingStore
from tests.workflows.world import World
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.intake.submission import Submission
from workflows.office import casework

TEXT = "Sampah menumpuk di depan gang kami di Cikokol, sudah seminggu tidak diangkut."


@pytest.fixture
def counting(world: World) -> tuple[World, CountingStore]:
    store = CountingStore(world.store)
    world.store = store  # type: ignore[assignment]
    return world, store


def steps(world: World, store: CountingStore) -> dict[str, Counter[str]]:
    """Each step of a life with one reminder, and what it cost."""
    costs: dict[str, Counter[str]] = {}

    def paid(step: str, messages: int) -> None:
        costs[step] = store.counted + Counter(messages=messages)
        store.counted.clear()

    ticket = world.submit(Submission(TEXT, email="warga@contoh.example")).ticket
    paid("form", len(world.bus.messages))
    paid("routed, two letters", world.work())
    due = world.case(ticket).deadlines.next_check_at
    while due and "reminder" not in world.case(ticket).escalation.escalated:
        world.clock.go_to(max(due, world.clock.now()))
        store.counted.clear()
        world.tick()
        due = world.case(ticket).deadlines.next_check_at
    paid("one reminder", 2)
    token = world.token(ticket, assignment_no=world.case(ticket).assignment_no)
    store.counted.clear()
    casework.perform_action(world.services, token, OfficerAct("answer", message="Sudah diangkut."))
    paid("answer, one letter", world.work())
    store.counted.clear()
    world.citizen(CitizenAct("confirm"), ticket)
    paid("confirmed", 0)
    assert world.case(ticket).state == State.CLOSED
    return costs


def test_a_reminded_life_is_cheap(counting: tuple[World, CountingStore], capsys: pytest.CaptureFixture[str]) -> None:
    costs = steps(*counting)
    whole = sum(costs.values(), Counter())
    with capsys.disabled():
        for step, cost in [*costs.items(), ("in all", whole)]:
            told = ", ".join(f"{cost[what]} {what}" for what in ("reads", "writes", "messages"))
            sys.stdout.write(f"\n  {step}: {told}")
    assert whole["reads"] <= 43
    assert whole["writes"] <= 27
