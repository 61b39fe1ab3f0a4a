"""A citizen with only a phone number: every notice becomes the desk's task, one a report, told or given up."""

from __future__ import annotations
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import PARENT, POLICY, TICKET, complaint
from tests.workflows.personal import city_in
from tests.workflows.world import World
from workflows.adapters.file_mailer import CaughtFolder
from workflows.adapters.local_files import ErasureFile
from workflows.collection_names import NOTICES, REPORTERS
from workflows.desk.board import assign
from workflows.desk.phone_tasks import (
    MOST,
    Task,
    backlog,
    complete_phone_task,
    record_missed_call,
    reference,
    settle_outdated,
    tasks,
)
from workflows.domain.actions.bulk_assign import TO, read_choices
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import NO_RESPONSE, NOT_REACHED, Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import CITIZEN, EventName, NoticeRequest, Transition
from workflows.domain.notifications.notice import NoticeState
from workflows.domain.notifications.phone_tasks import pending_news
from workflows.domain.privacy.retention import CONTACT
from workflows.errors import InvalidInput
from workflows.ports import Query
from workflows.privacy.erase import erase, target_of
from workflows.privacy.erasers import held_data
from workflows.privacy.ledger import ASKED, ErasureContext
from workflows.unit_of_work import save

NUMBER = "+6281234567890"
PERSON = {"name": "", "email": "", "email_key": "", "phone": NUMBER, "lang": "id", "contact": False}


GIVEN: dict[str, Any] = {"has_email": False, "phone_only": True}


def by_phone(world: World, state: str = State.IN_PROGRESS, ticket: str = TICKET, **fields: Any) -> Complaint:
    case = complaint(state, ticket=ticket, **GIVEN | fields)
    world.put(case)
    world.store.transact(lambda tx: tx.set(REPORTERS, ticket, PERSON))
    return case


def news(world: World, template: str = "progress", ticket: str = TICKET) -> None:
    """A change that asks for a letter to the citizen, and all that comes of it."""
    case = world.case(ticket)
    after = case.evolve(sequence=case.sequence + 1)
    change = Transition(after, (), (NoticeRequest(template, CITIZEN),))
    world.store.transact(lambda tx: save(tx, change, POLICY, world.clock.now()))
    world.tick()


def the_task(world: World) -> Task:
    (task,) = tasks(world.services).tasks
    return task


def test_several_news_are_one_task_that_shows_them_all(world: World) -> None:
    by_phone(world)
    for template in ("progress", "late", "went_up"):
        news(world, template)
        world.clock.wait(hours=1)
    task = the_task(world)
    assert [each.template for each in pending_news(task.notice)] == ["progress", "late", "went_up"]
    assert [notice.state for notice in world.notices()] == [
        NoticeState.PHONE_PENDING,
        NoticeState.BUNDLED,
        NoticeState.BUNDLED,
    ]
    found = backlog(world.store)
    assert found and (found.count, found.since) == (1, world.notices()[0].created_at)
    complete_phone_task(world.services, reference(task.notice))
    assert (tasks(world.services).tasks, backlog(world.store)) == ((), None)


def test_only_once_an_answer_is_told_does_the_time_to_object_run(world: World) -> None:
    by_phone(world)
    act = OfficerAct("answer", message="Sampah di gang itu sudah kami angkut tadi pagi.")
    world.office(act)
    world.tick()
    assert (world.case().state, world.case().answer.reached_at) == (State.ANSWERED, None)
    world.clock.wait(days=2)
    told = reference(the_task(world).notice)
    for _ in range(2):
        complete_phone_task(world.services, told)
    case = world.case()
    assert case.answer.reached_at == world.clock.now()
    assert case.answer.confirm_by == POLICY.calendar().add_working_days(world.clock.now(), POLICY.confirm_days)
    assert [line.event for line in world.timeline()].count(EventName.REACHED) == 1


def test_a_task_that_is_told_while_the_case_is_erased_stays_told(tmp_path: Path) -> None:
    with city_in(tmp_path) as city:
        by_phone(city)
        news(city)
        things = held_data(city.keepers, target_of(city.keepers, TICKET, CONTACT))
        complete_phone_task(city.services, reference(the_task(city).notice))
        for thing in things:
            thing.clear()
        assert [notice.state for notice in city.notices()] == [NoticeState.PHONED]


ANSWER = OfficerAct("answer", message="Sudah kami angkut tadi pagi, terima kasih.")


def days(world: World, count: int) -> None:
    for _ in range(count):
        world.tick(days=1)


def until_objection(world: World) -> datetime:
    return POLICY.calendar().add_working_days(world.clock.now(), POLICY.confirm_days)


def test_what_the_desk_has_not_told_is_not_held_against_the_citizen(world: World) -> None:
    by_phone(world)
    world.office(ANSWER)
    world.tick()
    days(world, 60)
    assert (world.case().state, world.case().answer.reached_at) == (State.ANSWERED, None)
    assert (world.case().answer.confirm_by or world.clock.now()) > world.clock.now()
    complete_phone_task(world.services, reference(the_task(world).notice))
    assert world.case().answer.confirm_by == until_objection(world)
    days(world, 30)
    assert (world.case().state, world.case().answer.closed_as) == (State.CLOSED, NO_RESPONSE)


def test_once_the_desk_gave_up_the_time_to_object_runs_and_the_case_closes(world: World) -> None:
    by_phone(world)
    world.office(ANSWER)
    world.tick()
    days(world, 40)
    for _ in range(POLICY.tell_tries):
        world.clock.wait(days=1)
        task = reference(the_task(world).notice)
        for _ in range(2):
            record_missed_call(world.services, task)
    assert (tasks(world.services).tasks, world.notices()[0].state) == ((), NoticeState.PHONE_FAILED)
    assert world.case().answer.confirm_by == until_objection(world)
    days(world, 30)
    assert (world.case().state, world.case().answer.closed_as) == (State.CLOSED, NOT_REACHED)


@pytest.mark.parametrize("wrong", ["", "x", ".", "x.1", f"{TICKET}.1.receipt.citizen.1", "a/b.1", "x" * 300 + ".1"])
def test_a_task_that_is_none_is_told_so(world: World, wrong: str) -> None:
    by_phone(world)
    for write_down in (complete_phone_task, record_missed_call):
        with pytest.raises(InvalidInput):
            write_down(world.services, wrong)


def test_a_task_is_closed_to_the_desk_once_the_report_is(world: World) -> None:
    by_phone(world)
    news(world)
    told = reference(the_task(world).notice)
    by_phone(world, restricted=True, decision={"desk": False})
    assert tasks(world.services).tasks == ()
    with pytest.raises(InvalidInput):
        complete_phone_task(world.services, told)
    assert (settle_outdated(world.services), backlog(world.store)) == (1, None)


def test_while_the_desk_may_take_an_assignment_back_nobody_is_phoned(world: World) -> None:
    by_phone(world, State.AT_DESK, desk_since=world.clock.now())
    board = world.services.links.board_token(world.clock.now() + timedelta(hours=8))
    assign(world.services, board, read_choices({f"{TO}{TICKET}.0": "DLH"}))
    world.tick()
    assert tasks(world.services).tasks == ()
    world.tick(minutes=11)
    assert the_task(world).complaint.ticket == TICKET


def test_what_the_citizen_took_back_needs_no_call(world: World) -> None:
    by_phone(world)
    news(world)
    world.citizen(CitizenAct("withdraw"))
    assert tasks(world.services).tasks == ()
    assert (settle_outdated(world.services), world.notices()[0].state) == (1, NoticeState.DROPPED)


def test_a_thousand_are_read_a_page_at_a_time_and_each_is_there_once(world: World) -> None:
    many = 2 * MOST + 3
    for number in range(many):
        by_phone(world, ticket=new_ticket(number.to_bytes(5, "big")))
        news(world, ticket=new_ticket(number.to_bytes(5, "big")))
    seen, after = [], ""
    for _ in range(3):
        page = tasks(world.services, after)
        assert len(page.tasks) <= MOST
        seen += [task.complaint.ticket for task in page.tasks]
        assert page.first == (not after)
        after = page.next
    assert (len(seen), len(set(seen)), after) == (many, many, "")
    assert tasks(world.services, "not a place").first


def test_an_erasure_takes_the_task_and_the_number_with_it(world: World, tmp_path: Path) -> None:
    by_phone(world)
    news(world)
    keepers = ErasureContext(world.services, CaughtFolder(tmp_path / "mail"), ErasureFile(tmp_path / "erasures.jsonl"))
    erase(keepers, TICKET, CONTACT, ASKED)
    assert (backlog(world.store), world.notices()[0].state) == (None, NoticeState.DROPPED)
    news(world, "late")
    assert backlog(world.store) is None
    assert all(NUMBER not in str(found.data) for found in world.store.query(Query(NOTICES)))


def test_who_follows_another_report_is_told_of_it_and_late_news_is_nothing(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, ticket=PARENT, followed=True))
    by_phone(world, State.MERGED)
    for template in ("progress", "late"):
        news(world, template, PARENT)
    task = the_task(world)
    assert [(each.template, each.about) for each in pending_news(task.notice)] == [
        ("progress", PARENT),
        ("late", PARENT),
    ]
    before = world.everything()
    for notice in world.notices_of(TICKET):
        world.send(notice)
    assert world.everything() == before
