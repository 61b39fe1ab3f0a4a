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


def test_one_held_as_a_machines_climbs_to_the_desks_head_and_no_further(world: World) -> None:
    receipt = world.submit(spam_reason="honeypot")
    world.work()
    for _ in range(60):
        world.tick(hours=12)
    climbed = {entry.facts["rung"] for entry in world.timeline(receipt.ticket) if entry.event == "rung"}
    assert (world.case(receipt.ticket).state, climbed) == (State.AT_DESK, {"desk_overdue", "desk_head"})
    assert on_tables(world) == set()
