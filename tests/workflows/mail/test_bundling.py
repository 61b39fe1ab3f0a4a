"""Many letters of a kind: ten one by one, then lists; whatever is cut off in between, no case is lost."""

from __future__ import annotations
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from tests.builders import DIRECTORY, MONDAY, complaint
from tests.workflows.world import World
from workflows.collection_names import NOTICES
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.notifications.kinds import BUNDLES
from workflows.domain.notifications.notice import Notice, NoticeState, is_list, queued
from workflows.failures import MailRefused, StoreUnavailable
from workflows.mail import send_notice
from workflows.mail.bounces import came_back
from workflows.mail.bundling import AT_ONCE, SINGLY, WINDOW
from workflows.mail.digests import MAX_LINKED, ListMail, read_overview
from workflows.mail.send_notice import claim_notice
from workflows.ports import Transaction
from workflows.topics import NOTICE_DUE

pytestmark = pytest.mark.slow

DLH, HEAD_OF_DLH = "dlh@opd.example", "kepala.dlh@opd.example"
EVERY_RUNG = ("reminder", "overdue", "head", "sekda", "mayor")
T = TypeVar("T")


@pytest.fixture(params=BUNDLES)
def kind(request: pytest.FixtureRequest) -> str:
    """The template of a letter that can stand on a list."""
    return str(request.param)


def case(number: int, opd: str = "DLH", **fields: object) -> Complaint:
    ticket = new_ticket(number.to_bytes(5, "big"))
    return complaint(State.ASSIGNED, opd, ticket=ticket, received_at=MONDAY + timedelta(seconds=number), **fields)


def arrives(world: World, *cases: Complaint, template: str = "new_case") -> None:
    """Letters that are due now, with their wake-up calls, and their cases as such a letter finds them."""
    bundle = BUNDLES[template]
    world.put(*(_late(given) if bundle.late else given for given in cases))
    for given in cases:
        letter = queued(NoticeRequest(template, Role(bundle.role), given.opd or ""), given, world.clock.now())
        world.store.transact(lambda tx, n=letter: tx.create(NOTICES, n.id, n.to_document()))  # type: ignore[misc]
        world.bus.publish(NOTICE_DUE, {"notice": letter.id})


def _late(given: Complaint) -> Complaint:
    """Two months later, everything told already, so that no sweep adds a letter."""
    return given.evolve(
        answer_by=given.deadlines.answer_by and given.deadlines.answer_by - timedelta(days=60), escalated=EVERY_RUNG
    )


def pours(world: World, many: int, first: int = 0, opd: str = "DLH", template: str = "new_case") -> None:
    """One case a second."""
    for number in range(first, first + many):
        arrives(world, case(number, opd), template=template)
        world.clock.wait(seconds=1)


def lists(world: World) -> list[Notice]:
    return [notice for notice in world.notices() if is_list(notice)]


def listed(world: World, notice: Notice) -> list[str]:
    overview = read_overview(world.services, notice)
    return [case.ticket for case in overview.cases] if isinstance(overview, ListMail) else []


def told_of(world: World) -> list[str]:
    """The tickets of every letter that went out, each as often as it was told of."""
    singly = [mail.message_id.split(".")[0] for mail in world.postman.mails if mail.message_id.startswith("LKS")]
    in_lists = [mail for mail in world.postman.mails if mail.message_id.startswith("list")]
    return sorted(singly + [ticket for mail in in_lists for ticket in mail.text.splitlines()])


def tickets(many: int) -> list[str]:
    return sorted(case(number).ticket for number in range(many))


def test_the_list_waits_ten_minutes_after_its_first_case_and_takes_more(world: World) -> None:
    pours(world, SINGLY + 1)
    world.work()
    (waiting,) = lists(world)
    assert waiting.next_try_at == world.clock.now() + WINDOW
    world.clock.wait(minutes=9)
    pours(world, SINGLY, first=100)
    world.work()
    assert len(listed(world, waiting)) == 11
    assert world.send(waiting) == "nothing to do"


def test_no_alarm_is_left_on_a_letter_that_a_list_stands_for(world: World) -> None:
    pours(world, SINGLY + 3)
    world.work()
    waiting = [notice for notice in world.notices() if notice.next_try_at]
    assert waiting == lists(world)


@pytest.mark.parametrize("kind", ["head_case", "also_head"], indirect=True)
def test_the_links_of_a_list_are_those_of_its_reader(world: World, kind: str) -> None:
    pours(world, SINGLY + 3, template=kind)
    world.work()
    overview = read_overview(world.services, lists(world)[0])
    assert isinstance(overview, ListMail)
    grants = [world.services.links.read_case_token(path.removeprefix("/opd/")) for path in overview.paths]
    assert {(grant.role, grant.assignment_no) for grant in grants} == {(BUNDLES[kind].role, 1)}
    assert [grant.ticket for grant in grants] == [shown.ticket for shown in overview.cases]
    assert bool(overview.list_path) == bool(overview.until) == (kind == "also_head")


def test_the_id_of_every_list_leads_a_bounce_back_to_it(world: World, kind: str) -> None:
    longest = max((office.code for office in DIRECTORY.assignable()), key=len)
    pours(world, SINGLY + 1, opd=longest, template=kind)
    world.work()
    (waiting,) = lists(world)
    key = world.services.links.mail_key("bounce", waiting.id)
    assert world.services.links.read_mail_key("bounce", key) == waiting.id


def test_an_urgent_case_goes_out_at_once_and_on_top_of_the_list(world: World, kind: str) -> None:
    pours(world, SINGLY + 2, template=kind)
    arrives(world, case(50, urgent=True, answer_by=MONDAY + timedelta(days=30)), template=kind)
    world.work()
    assert case(50).ticket in told_of(world)
    (waiting,) = lists(world)
    assert listed(world, waiting)[0] == case(50).ticket
    assert len(listed(world, waiting)) == 3


def test_woken_twice_a_case_is_bundled_once(world: World, kind: str) -> None:
    pours(world, SINGLY + 2, template=kind)
    world.bus.messages *= 2
    world.work()
    world.tick(minutes=10)
    world.tick()
    assert told_of(world) == tickets(SINGLY + 2)


def test_a_sender_that_dies_between_claim_and_list_loses_nothing(world: World) -> None:
    pours(world, SINGLY + 2)
    *_, (_, last) = world.bus.messages
    assert claim_notice(world.services, last["notice"])
    world.work()
    assert world.notices()[SINGLY + 1].state == NoticeState.SENDING
    world.tick(minutes=5)
    world.tick(minutes=10)
    assert told_of(world) == tickets(SINGLY + 2)


REFUSED = MailRefused("550 no such user")


def loses_its_list(world: World, many: int, *troubles: Exception, template: str = "new_case") -> Notice:
    """A flood whose list is due, and what the server says to it."""
    arrives(world, *(case(number) for number in range(many)), template=template)
    world.work()
    world.clock.wait(minutes=10)
    world.postman.troubles = list(troubles)
    return lists(world)[0]


def test_the_letters_of_a_list_that_came_back_go_out_one_by_one(world: World, kind: str) -> None:
    listed = loses_its_list(world, SINGLY + 4, template=kind)
    world.tick()
    sent = len(world.postman.mails)
    world.store.transact(lambda tx: came_back(world.services, tx, listed.id, "550", False, world.clock.now()))
    world.tick()
    assert sorted(mail.message_id.split(".")[0] for mail in world.postman.mails[sent:]) == sorted(
        case(number).ticket for number in range(SINGLY, SINGLY + 4)
    )
    assert (lists(world)[0].state, lists(world)[0].next_try_at) == (NoticeState.BOUNCED, None)


def test_the_desk_is_told_of_every_letter_that_finds_no_way_after_its_list(world: World) -> None:
    loses_its_list(world, SINGLY + 4, *[REFUSED] * 5)
    world.tick()
    told = [notice.ticket for notice in world.notices() if notice.template == "mail_failed"]
    assert sorted(told) == sorted(case(number).ticket for number in range(SINGLY, SINGLY + 4))


class Failing:
    """The same store, but for a transaction that it does not answer."""

    def __init__(self, world: World, at: int) -> None:
        self._store, self._left = world.store, at

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        self._left -= 1
        if self._left == 0:
            raise StoreUnavailable
        return self._store.transact(work)


@pytest.mark.parametrize("at", range(1, 8))
def test_cut_off_anywhere_no_letter_of_a_lost_list_is_left_behind(world: World, at: int) -> None:
    many = SINGLY + AT_ONCE + 20
    listed = loses_its_list(world, many, REFUSED)
    world.bus.losing = True
    with suppress(StoreUnavailable):
        for _ in range(2):
            send_notice.send_notice(replace(world.services, store=Failing(world, at)), world.sending, listed.id)
    world.bus.losing = False
    for _ in range(2):
        world.tick(minutes=5)
    if lists(world)[0].state == NoticeState.SENT:  # cut off before it was lost, it went out later
        assert len(told_of(world)) == SINGLY + MAX_LINKED
        left = []
    else:
        assert told_of(world) == tickets(many)
        left = [NoticeState.BUNDLED]
    assert not [notice for notice in world.notices() if notice.next_try_at or notice.state in left]


def test_an_urgent_case_whose_list_is_lost_is_not_told_of_twice(world: World) -> None:
    pours(world, SINGLY + 2)
    arrives(world, case(50, urgent=True, answer_by=MONDAY + timedelta(days=30)))
    world.work()
    world.clock.wait(minutes=10)
    world.postman.troubles = [REFUSED]
    world.tick()
    assert told_of(world) == sorted([*tickets(SINGLY + 2), case(50).ticket])


def test_a_restricted_urgent_case_stands_where_its_deadline_puts_it(world: World) -> None:
    pours(world, SINGLY + 2)
    arrives(world, case(50, urgent=True, restricted=True, answer_by=MONDAY + timedelta(days=30)))
    world.work()
    assert listed(world, lists(world)[0])[-1] == case(50).ticket


def test_a_case_that_was_answered_meanwhile_is_not_listed(world: World, kind: str) -> None:
    pours(world, SINGLY + 2, template=kind)
    world.work()
    answered = case(SINGLY)
    world.office(OfficerAct("answer", message="Sudah diangkut."), answered.ticket)
    world.bus.messages.clear()
    world.clock.wait(minutes=10)
    (waiting,) = lists(world)
    assert listed(world, waiting) == [case(SINGLY + 1).ticket]
    world.office(OfficerAct("answer", message="Sudah."), case(SINGLY + 1).ticket)
    assert world.send(waiting) == NoticeState.DROPPED
