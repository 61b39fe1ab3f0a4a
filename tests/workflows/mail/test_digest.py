"""The morning tables of the people above the departments: one a person and working day, and only with cases."""

from __future__ import annotations

import pytest

from tests.builders import complaint, wib
from tests.workflows.world import World
from workflows.clock import deadlines
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.notifications.notice import NoticeState
from workflows.mail.digests import daily_tables
from workflows.mail.morning import queue_morning_digests

SEKDA, MAYOR = "sekda@opd.example", "walikota@opd.example"
ASSISTANTS = ("ASISTEN-1", "ASISTEN-2", "ASISTEN-3")
OLD, NEW, HIGH = (new_ticket(name.encode()) for name in ("older", "newer", "high up"))


@pytest.fixture
def late(world: World) -> World:
    """A city with two cases that came up to the Sekda and one to the mayor."""
    world.put(
        complaint(State.IN_PROGRESS, ticket=NEW, reported_to="sekda", answer_by=wib("2026-06-12 16:00")),
        complaint(State.IN_PROGRESS, ticket=OLD, reported_to="sekda", answer_by=wib("2026-06-05 16:00")),
        complaint(State.IN_PROGRESS, ticket=HIGH, reported_to="mayor", answer_by=wib("2026-05-20 16:00")),
        complaint(State.IN_PROGRESS),
    )
    return world


def tables(world: World) -> list[tuple[str, list[str]]]:
    return [(mail.to, mail.text.splitlines()) for mail in world.postman.mails if mail.to in (SEKDA, MAYOR)]


def on_tables(world: World) -> dict[str, list[str]]:
    """But for those of the Sekda's assistants."""
    tables = daily_tables(world.services).items()
    return {office: [case.ticket for case in cases] for office, cases in tables if office not in ASSISTANTS}


def queued(world: World) -> list[str]:
    return [id for id in queue_morning_digests(world.services) if id.startswith("table.") and "asisten" not in id]


def test_the_longest_overdue_is_first_on_one_table_a_person_and_day(late: World) -> None:
    assert on_tables(late) == {"SEKDA": [HIGH, OLD, NEW], "WALIKOTA": [HIGH]}
    assert queued(late) == ["table.2026-07-06.sekda", "table.2026-07-06.mayor"]
    late.work()
    assert tables(late) == [(SEKDA, [HIGH, OLD, NEW]), (MAYOR, [HIGH])]


@pytest.mark.parametrize(
    ("decision", "stands_on"),
    [
        ({"accuses": "SEKDA"}, {"mayor"}),
        ({"accuses": "WALIKOTA"}, {"sekda"}),
        ({"accuses": "WALIKOTA", "kept_out": ["INSPEKTORAT", "SETDA", "WALIKOTA"]}, set()),
        ({"accuses": "DISHUB", "kept_out": ["DISHUB", "SETDA"]}, {"mayor"}),
        ({"accuses": "DISHUB"}, {"sekda", "mayor"}),
        ({"accuses": None, "kept_out": []}, {"sekda", "mayor"}),
    ],
)
def test_no_reader_s_table_holds_what_accuses(world: World, decision: dict[str, object], stands_on: set[str]) -> None:
    world.put(complaint(State.IN_PROGRESS, opd="BKPSDM", ticket=HIGH, reported_to="mayor", decision=decision))
    assert set(on_tables(world)) == {{"sekda": "SEKDA", "mayor": "WALIKOTA"}[role] for role in stands_on}
    queue_morning_digests(world.services)
    world.work()
    assert {to for to, _ in tables(world)} == {{"sekda": SEKDA, "mayor": MAYOR}[role] for role in stands_on}


def test_run_twice_or_late_the_day_has_one_table(late: World) -> None:
    queue_morning_digests(late.services)
    late.work()
    late.clock.wait(hours=6)
    assert queue_morning_digests(late.services) == []
    late.work()
    assert len(tables(late)) == 2


@pytest.mark.parametrize("day", ["2026-07-11", "2026-07-12", "2026-08-17", "2026-12-25"])
def test_on_a_free_day_nobody_gets_a_table(late: World, day: str) -> None:
    late.clock.go_to(wib(f"{day} 07:00"))
    assert queue_morning_digests(late.services) == [f"digest.{day}.desk"]


def test_a_table_whose_wake_up_was_lost_is_found_by_the_sweep(late: World) -> None:
    late.bus.losing = True
    queue_morning_digests(late.services)
    late.bus.losing = False
    deadlines.sweep(late.services)
    late.work()
    assert {to for to, _ in tables(late)} >= {SEKDA, MAYOR}
    assert {notice.state for notice in late.notices() if notice.template == "daily_table"} == {NoticeState.SENT}
