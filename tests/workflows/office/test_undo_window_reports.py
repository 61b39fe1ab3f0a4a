"""What an operator still holds in hand stands on the table of nobody above."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

from tests.builders import TICKET, complaint
from tests.workflows.world import World
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import PendingAssignment
from workflows.mail.digests import daily_tables


def on_tables(world: World) -> set[str]:
    return {case.ticket for cases in daily_tables(world.services).values() for case in cases}


def late(world: World, state: str, **fields: Any) -> Complaint:
    return complaint(state, reported_to="mayor", escalated=("sekda", "mayor"), **fields)


def test_a_report_that_can_still_be_taken_back_waits_with_its_letters(world: World) -> None:
    case = late(world, State.ASSIGNED)
    until = world.clock.now() + timedelta(minutes=10)
    world.put(case.evolve(pending_assignment=PendingAssignment(until, case.sequence)))
    assert on_tables(world) == set()
    world.clock.go_to(until)
    assert on_tables(world) == {TICKET}
