"""A letter that the mail server refuses for its citizen's mailbox: the desk phones, where it has a number."""

from __future__ import annotations

import pytest

from tests.builders import TICKET, complaint
from tests.workflows.world import World
from workflows.collection_names import REPORTERS
from workflows.desk.phone_tasks import complete_phone_task, reference, tasks
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.failures import MailRefused
from workflows.mail.send_notice import claim_notice

pytestmark = pytest.mark.slow

NUMBER = "+6281234567890"
NO_MAILBOX = MailRefused("the mail server said 550", mailbox=True)
NO_RELAY = MailRefused("the mail server said 554")


@pytest.fixture
def world(world: World) -> World:
    """A case at DLH whose citizen left a mailbox and a number."""
    world.put(complaint(State.ASSIGNED, has_email=True))
    world.put_reporter(phone=NUMBER)
    return world


def answer(world: World) -> Notice:
    """The answer's letter to the citizen, about to be sent."""
    world.office(OfficerAct("answer", message="Sudah diangkut."))
    world.bus.messages.clear()
    return world.notice("answer")


def told_by_mail(world: World) -> list[str]:
    return [mail.to for mail in world.postman.mails if mail.subject == "mail_failed"]


def test_a_refused_mailbox_counts_as_bouncing_and_its_news_are_phoned(world: World) -> None:
    letter = answer(world)
    world.postman.troubles = [NO_MAILBOX]
    assert world.send(letter) == NoticeState.QUEUED
    world.work()
    case = world.case()
    assert (case.state, case.answer.reached_at, case.reach.has_email, case.reach.phone_only) == (
        State.ANSWERED,
        None,
        False,
        True,
    )
    assert [(entry.event, entry.hidden) for entry in world.timeline()][-1] == ("mail_failed", True)
    assert told_by_mail(world) == []
    (task,) = tasks(world.services, "").tasks
    assert (task.phone, task.notice.id, task.notice.state) == (NUMBER, letter.id, NoticeState.PHONE_PENDING)
    complete_phone_task(world.services, reference(task.notice))
    assert world.case().answer.reached_at == world.clock.now()


def test_a_relay_that_refuses_everybody_makes_nobody_a_task(world: World) -> None:
    letter = answer(world)
    world.postman.troubles = [NO_RELAY]
    assert world.send(letter) == NoticeState.FAILED
    world.work()
    assert world.case().reach.has_email and not world.case().reach.phone_only
    assert told_by_mail(world) == ["meja@laksa.example"]


def test_without_a_number_the_desk_finds_another_way(world: World) -> None:
    world.store.transact(lambda tx: tx.update(REPORTERS, TICKET, {"phone": ""}))
    letter = answer(world)
    world.postman.troubles = [NO_MAILBOX]
    assert world.send(letter) == NoticeState.FAILED
    world.work()
    assert told_by_mail(world) == ["meja@laksa.example"]


def test_the_number_of_one_who_accuses_the_desk_is_no_way_to_them(world: World) -> None:
    letter = answer(world)
    world.put(world.case().evolve(decision={"desk": False}))
    world.postman.troubles = [NO_MAILBOX]
    assert world.send(letter) == NoticeState.FAILED
    assert not world.case().reach.phone_only


def test_a_sender_whose_lease_ran_out_leaves_the_letter_to_its_owner(world: World) -> None:
    letter = answer(world)

    def another_claims() -> None:
        world.clock.wait(seconds=121)
        assert claim_notice(world.services, letter.id)

    world.postman.first, world.postman.troubles = [another_claims], [NO_MAILBOX]
    world.send(letter)
    assert world.notice("answer").state == NoticeState.SENDING
    assert world.case().reach.has_email and not world.case().reach.phone_only
