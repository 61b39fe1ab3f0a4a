"""The sweep finds all that is unfinished, however much was lost on the way, and time climbs the ladder."""

from __future__ import annotations
from datetime import timedelta
from functools import partial

import pytest

from tests.builders import MONDAY, PARENT, TICKET, complaint, wib
from tests.workflows.world import World
from workflows.clock import deadlines
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import ENDED, State
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import PENDING
from workflows.ports import DELETE, Transaction
from workflows.topics import COMPLAINT_DUE, COMPLAINT_RECEIVED

CITIZEN = "warga@contoh.example"
TRASH = Submission("Sampah di TPS dekat pasar tidak diangkut sudah seminggu.", email=CITIZEN)
AUTUMN = wib("2026-10-01 09:00")


def live(world: World, until: str, minutes: int = 240) -> None:
    """Let time pass with a sweep now and then."""
    while world.clock.now() < wib(until):
        world.clock.go_to(min(world.clock.now() + timedelta(minutes=minutes), wib(until)))
        world.tick()


def mails(world: World, to: str) -> list[str]:
    return [mail.subject for mail in world.postman.mails if mail.to == to]


def require_settled(world: World, ticket: str) -> None:
    assert (world.case(ticket).deadlines.next_check_at is None) == (world.case(ticket).state in ENDED)
    assert not [notice for notice in world.notices() if notice.state in PENDING]


def test_a_complaint_nobody_answers_goes_all_the_way_up_heard_once(world: World) -> None:
    ticket = world.submit(TRASH).ticket
    world.work()
    live(world, "2026-08-20 09:00")
    assert world.case(ticket).escalation.escalated == ("reminder", "overdue", "head", "sekda", "mayor")
    assert mails(world, "dlh@opd.example") == ["new_case", "reminder", "overdue", "also_head"]
    assert mails(world, "kepala.dlh@opd.example") == ["head_case"]
    assert mails(world, CITIZEN) == ["receipt", "late", "went_up", "went_up", "went_up"]
    require_settled(world, ticket)


def test_an_unreadable_complaint_is_logged_others_are_woken(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.put(complaint(State.IN_PROGRESS), complaint(State.IN_PROGRESS, ticket=PARENT))
    for ticket, lost in ((TICKET, {"ticket": DELETE}), (PARENT, {})):
        world.store.transact(partial(_ring, ticket=ticket, fields=lost))
    assert deadlines.sweep(world.services) == 1
    assert world.bus.messages == [(COMPLAINT_DUE, {"ticket": PARENT})]
    (line,) = [record.__dict__ for record in caplog.records if record.levelname == "ERROR"]
    assert (line["message"], line["ticket"]) == ("complaint cannot be read", TICKET)


def _ring(transaction: Transaction, ticket: str, fields: dict[str, object]) -> None:
    transaction.update(COMPLAINTS, ticket, {"next_check_at": MONDAY, **fields})


def test_two_sweeps_at_once_do_the_work_once(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS))
    world.clock.go_to(AUTUMN)
    deadlines.sweep(world.services)
    deadlines.sweep(world.services)
    world.work()
    assert mails(world, "kepala.dlh@opd.example") == ["head_case"]


def test_a_complaint_that_nobody_routed_for_half_an_hour_goes_to_the_desk(world: World) -> None:
    ticket = world.submit(TRASH).ticket
    world.bus.messages.clear()
    world.clock.wait(minutes=29)
    assert deadlines.check(world.services, ticket) == []
    world.clock.wait(minutes=1)
    deadlines.sweep(world.services)
    assert [topic for topic, _ in world.bus.messages] == [COMPLAINT_RECEIVED, COMPLAINT_DUE]
    world.bus.messages.pop(0)  # the router is the one that does not answer
    world.work()
    assert world.case(ticket).state == State.AT_DESK
    assert mails(world, "meja@laksa.example") == ["triage"]
    assert mails(world, CITIZEN) == ["receipt"]


def test_an_open_case_at_the_top_of_the_ladder_is_looked_at_once_a_day(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, escalated=("reminder", "overdue", "head", "sekda", "mayor")))
    world.clock.go_to(AUTUMN)
    assert world.tick() == 1
    assert world.case().deadlines.next_check_at == AUTUMN + timedelta(days=1)
    assert world.tick() == 0
