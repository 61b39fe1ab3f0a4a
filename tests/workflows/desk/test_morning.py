"""The desk's morning: whom to phone and why, and nothing where there is nothing to do."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, POLICY, complaint, held, wib
from tests.workflows.world import World
from workflows.collection_names import NOTICES
from workflows.desk import one_complaint
from workflows.desk.morning import DeskMorning, Undelivered, desk_morning, guessed_years
from workflows.desk.unacknowledged import Silent, silent_paths, write_down_call
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.errors import InvalidInput
from workflows.mail.bounces import came_back
from workflows.mail.morning import queue_morning_digests
from workflows.urls import desk_path

pytestmark = pytest.mark.slow

SEVEN = wib("2026-07-09 07:00")
PERSON = {"name": "", "email": "siti@contoh.example", "phone": "", "lang": "id", "contact": False}


def ticket(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def case(number: int, state: str = State.ASSIGNED, opd: str = "DLH", **fields: object) -> Complaint:
    return complaint(state, opd, ticket=ticket(number), **fields)


def failed(world: World, number: int, role: str = "department", to: str = "DLH", **fields: object) -> None:
    letter = Notice(f"{ticket(number)}.1.x.{role}", ticket(number), 1, "x", role, to, 1, state=NoticeState.FAILED)
    letter = replace(letter, **({"created_at": MONDAY, "lost_at": MONDAY} | fields))  # type: ignore[arg-type]
    world.store.transact(lambda tx: tx.create(NOTICES, letter.id, letter.to_document()))


def seen(world: World) -> DeskMorning:
    return desk_morning(world.services, world.clock.now())


def unread(number: int, opd: str = "DLH", days: int = 0, **fields: Any) -> Complaint:
    """A case that its department has let lie past its date to accept."""
    given = replace(held(opd), since=MONDAY - timedelta(days=days), ack_missed=True)
    return case(number, opd=opd, assignment=given, **fields)


def phone(world: World, opd: str = "DLH", message: str = "") -> None:
    """The operator opens the link of the morning's letter and writes the call down."""
    path = silent_paths(world.services, seen(world).silent)[opd]
    one_complaint.perform_action(world.services, path.removeprefix("/meja/"), DeskAct("called", message=message))


def test_a_call_is_recorded_at_a_case_that_operators_may_read_if_any(world: World) -> None:
    world.put(unread(1, days=2, restricted=True), unread(2), unread(3, days=1))
    (found,) = seen(world).silent
    assert found.case and (found.case.ticket, found.count) == (ticket(3), 3)


def test_a_silent_department_of_restricted_cases_is_named_and_takes_calls(world: World) -> None:
    world.put(unread(1, "INSPEKTORAT", restricted=True), unread(2, "INSPEKTORAT", days=1, restricted=True))
    (found,) = seen(world).silent
    assert found == Silent("INSPEKTORAT", 2, MONDAY - timedelta(days=1), None)
    assert silent_paths(world.services, (found,)) == {}
    calls = [write_down_call(world.services, "INSPEKTORAT") for _ in range(2)]
    assert [bool(change) for change in calls] == [True, False]
    assert [entry.event for entry in world.timeline(ticket(2))] == ["called"]
    assert seen(world).silent == ()
    world.clock.wait(days=1)
    assert [found.called_at for found in seen(world).silent] == [MONDAY]


def test_nobody_is_phoned_about_accusations_of_the_desk_or_no_danger(world: World) -> None:
    world.put(unread(1, "INSPEKTORAT", restricted=True, decision={"desk": False}))
    for opd in ("INSPEKTORAT", "DLH", "", "ATTACK"):
        with pytest.raises(InvalidInput):
            write_down_call(world.services, opd)
    assert world.timeline(ticket(1)) == []


def test_a_lost_letter_to_an_office_does_not_name_its_restricted_report(world: World) -> None:
    world.put(case(1, opd="INSPEKTORAT", restricted=True), case(2, opd="INSPEKTORAT"))
    failed(world, 1, to="INSPEKTORAT")
    failed(world, 2, to="INSPEKTORAT")
    failed(world, 1, role="citizen", to="")
    office, citizen = seen(world).undelivered
    assert (office.count, office.tickets) == (2, (ticket(2),))
    assert citizen.tickets == (ticket(1),)


def test_of_a_restricted_case_the_link_shows_a_number_and_takes_the_call(world: World) -> None:
    secret: dict[str, Any] = {
        "place": "Gang Melati",
        "category": "kdrt",
        "decision": {"why": ["kata: dipukul"], "opd": "DLH"},
    }
    world.put(unread(1, restricted=True, **secret))
    token = desk_path(world.services, world.case(ticket(1))).removeprefix("/meja/")
    shown = one_complaint.open_case(world.services, token)
    assert shown.ticket == ticket(1)
    assert (shown.text, shown.place, shown.photos, shown.category) == ("", "", (), None)
    assert not any((shown.decision or {}).values())
    assert one_complaint.perform_action(world.services, token, DeskAct("called", message="Pak Budi."))
    assert world.case(ticket(1)).text and world.case(ticket(1)).place == "Gang Melati"
    assert seen(world).silent == ()


def test_what_accuses_those_who_run_the_desk_is_not_told_to_it(world: World) -> None:
    own = {"accuses": "DISKOMINFO", "desk": False}
    world.put(unread(1, opd="INSPEKTORAT", restricted=True, decision=own))
    assert seen(world).silent == ()
    world.put(unread(2, opd="INSPEKTORAT", days=1))
    assert [(found.case and found.case.ticket, found.count) for found in seen(world).silent] == [(ticket(2), 1)]


def test_nor_are_its_lost_letters_told_by_its_number(world: World) -> None:
    own = {"accuses": "DISKOMINFO", "desk": False}
    world.put(case(1, opd="INSPEKTORAT", decision=own))
    failed(world, 1, role="citizen", to="")
    failed(world, 1, role="department", to="INSPEKTORAT")
    assert seen(world).undelivered == (Undelivered("department", "INSPEKTORAT", 1, MONDAY, ()),)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.CLOSED),  # nobody waits for it any more
        ({"assignment_no": 0}, State.ASSIGNED),  # the case has gone to another department since
        ({"lost_at": MONDAY - timedelta(days=14)}, State.ASSIGNED),
        ({"state": "sent"}, State.ASSIGNED),
        ({"role": "desk", "to": "DESK"}, State.ASSIGNED),
    ],
)
def test_a_letter_that_nobody_waits_for_is_not_named(world: World, fields: dict[str, object], state: str) -> None:
    world.put(case(1, state))
    failed(world, 1, **fields)  # type: ignore[arg-type]
    assert seen(world).undelivered == ()


def test_a_letter_that_comes_back_weeks_later_is_named_from_then_on(world: World) -> None:
    world.put(case(1))
    failed(world, 1, state=NoticeState.SENT, lost_at=None)
    world.clock.wait(days=20)
    now, id = world.clock.now(), f"{ticket(1)}.1.x.department"
    world.store.transact(lambda tx: came_back(world.services, tx, id, "550", behind=False, now=now))
    world.clock.wait(days=13)
    assert seen(world).undelivered == (Undelivered("department", "DLH", 1, MONDAY, (ticket(1),)),)
    world.clock.wait(days=1)
    assert seen(world).undelivered == ()


def test_a_digest_that_failed_is_named_for_three_days(world: World) -> None:
    letter = Notice(
        "digest.2026-07-06.DLH", "", 0, "digest", "department", "DLH", state=NoticeState.FAILED, created_at=MONDAY
    )
    letter = replace(letter, lost_at=MONDAY)
    world.store.transact(lambda tx: tx.create(NOTICES, letter.id, letter.to_document()))
    assert seen(world).undelivered == (Undelivered("department", "DLH", 1, MONDAY, ()),)
    world.clock.wait(days=3)
    assert seen(world).undelivered == ()


def test_an_urgent_case_nobody_has_taken_is_to_be_phoned_about(world: World) -> None:
    world.put(case(1, urgent=True, call_by=MONDAY), case(2, urgent=True), case(3))
    assert [found.ticket for found in seen(world).calls] == [ticket(1)]
    world.office(OfficerAct("acknowledge"), ticket(1))
    assert seen(world).calls == ()


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2026-11-26", ()),  # 2027 is decreed
        ("2027-09-30", ()),
        ("2027-10-01", (2028,)),
        ("2028-03-01", (2028,)),
        ("2028-12-31", (2028, 2029)),
    ],
)
def test_a_year_nobody_has_decreed_is_an_alarm_from_october_before_it_on(day: str, years: tuple[int, ...]) -> None:
    assert guessed_years(POLICY, wib(f"{day} 07:00").date()) == years


@pytest.mark.parametrize("day", ["2026-07-07", "2026-07-11", "2026-07-12", "2026-08-17"])
def test_the_desk_gets_its_letter_every_morning_also_on_free_days(world: World, day: str) -> None:
    for hour in ("07:00", "07:00", "11:00"):
        world.clock.go_to(wib(f"{day} {hour}"))
        queue_morning_digests(world.services)
        world.work()
    assert [mail.message_id for mail in world.postman.mails] == [f"digest.{day}.desk@laksa.example"]
