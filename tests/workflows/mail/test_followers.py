"""News for many: one notice becomes a letter to each follower, once, wherever it is cut off or done twice."""

from __future__ import annotations
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from tests.builders import MONDAY, PARENT, complaint
from tests.workflows.world import World
from workflows.clock import deadlines
from workflows.collection_names import NOTICES, REPORTERS
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import FOLLOWERS
from workflows.domain.notifications.delivery import mark_bounced
from workflows.domain.notifications.notice import Notice, NoticeState, NotSent
from workflows.failures import StoreUnavailable
from workflows.mail import followers, send_notice
from workflows.office import casework
from workflows.ports import Query, Transaction

pytestmark = pytest.mark.slow

T = TypeVar("T")
MANY = 250
OTHER = new_ticket(b"lain.")


def ticket(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def follower(number: int, **fields: Any) -> Complaint:
    joined = {"parent": PARENT, "received_at": MONDAY + timedelta(seconds=number // 3), "decision": {"opd": "DLH"}}
    return complaint(State.MERGED, **{"ticket": ticket(number), "ended_at": MONDAY, **joined, **fields})


def followed(world: World, many: int, state: str = State.ASSIGNED, **fields: Any) -> None:
    """A public case with so many followers, and an address of each."""
    world.put(complaint(state, **{"ticket": PARENT, "followed": True, "visibility": "public", **fields}))
    world.put(*(follower(number) for number in range(many)))
    at = {"email": "warga@contoh.example"}

    def write(transaction: Transaction) -> None:
        for number in range(many):
            transaction.set(REPORTERS, ticket(number), at)

    world.store.transact(write)
    world.clock.wait(minutes=1)


def answer(world: World, assignment_no: int = 1) -> None:
    token = world.token(PARENT, assignment_no=assignment_no)
    casework.perform_action(world.services, token, OfficerAct("answer", message="Sudah kami angkut."))


def news(world: World, template: str = "answer") -> Notice:
    (found,) = [n for n in world.notices_of(PARENT) if (n.role, n.template) == (FOLLOWERS, template)]
    return found


def told(world: World, template: str = "answer") -> list[str]:
    """To whom a letter of that kind went, each time."""
    mails = [mail for mail in world.postman.mails if mail.subject == template]
    return sorted(mail.message_id.partition(".")[0] for mail in mails)


def written(world: World) -> list[str]:
    """For whom a letter with news lies ready, each time."""
    found = world.store.query(Query(NOTICES, (("template", "==", "answer"),), limit=1000))
    return sorted(letter.data["ticket"] for letter in found if letter.data.get("about") == PARENT)


def everybody(many: int) -> list[str]:
    return sorted(ticket(number) for number in range(many))


def swept(world: World, notice: Notice) -> None:
    """Five minutes later the sweep finds that notice, if it is not done."""
    world.clock.wait(minutes=5)
    deadlines.sweep(world.services)
    for _ in [data for _, data in world.bus.messages if data.get("notice") == notice.id]:
        world.send(notice)


class Failing:
    """The same store, but for one transaction: it is not done, or it is and nobody hears of it."""

    def __init__(self, world: World, at: int, lost: bool) -> None:
        self._store, self._left, self._lost = world.store, at, lost

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        self._left -= 1
        if self._left == 0 and self._lost:
            self._store.transact(work)
        if self._left == 0:
            raise StoreUnavailable
        return self._store.transact(work)


def test_every_follower_gets_the_answer_once_and_the_parent_stays_cold(world: World) -> None:
    followed(world, MANY)
    answer(world)
    before = world.case(PARENT)
    assert world.send(news(world)) == NoticeState.SENT
    assert world.case(PARENT) == before
    assert written(world) == everybody(MANY)
    assert news(world).next_try_at is None
    assert len(world.bus.messages) == 2 + MANY


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("at", range(1, 5))
def test_cut_off_anywhere_nobody_is_forgotten_and_nobody_told_twice(world: World, at: int, lost: bool) -> None:
    """Claimed, three pages: whichever of the four transactions fails, the sweep finds the notice again."""
    followed(world, MANY)
    answer(world)
    world.bus.losing = True
    with suppress(StoreUnavailable):
        send_notice.send_notice(replace(world.services, store=Failing(world, at, lost)), world.sending, news(world).id)
    world.bus.losing = False
    swept(world, news(world))
    assert written(world) == everybody(MANY)
    assert (news(world).state, news(world).next_try_at) == (NoticeState.SENT, None)


def test_a_sender_slower_than_its_lease_stops_where_another_goes_on(world: World) -> None:
    followed(world, MANY)
    answer(world)
    slow = send_notice.claim_notice(world.services, news(world).id)
    assert slow
    world.clock.wait(minutes=5)
    quick = send_notice.claim_notice(world.services, slow.id)
    assert quick
    assert followers.tell_followers(world.services, slow) == NotSent.NOTHING_TO_DO
    assert followers.tell_followers(world.services, quick) == NoticeState.SENT
    assert followers.tell_followers(world.services, slow) == NotSent.NOTHING_TO_DO
    assert written(world) == everybody(MANY)


def test_news_of_another_s_answer_never_count_as_the_follower_s_own(world: World) -> None:
    """Even where it was answered itself, with the same number, while the letter was on its way."""
    followed(world, 1)
    answer(world)
    told = letter(world)
    own = complaint(State.ANSWERED, ticket=ticket(0), answer_sequence=told.sequence)
    world.postman.first = [lambda: world.put(own)]
    assert world.send(told) == NoticeState.SENT
    assert world.case(ticket(0)).answer.reached_at is None
    heard = own.evolve(reached_at=MONDAY)
    change = mark_bounced(heard, told, "550", MONDAY)
    assert change and change.complaint.answer.reached_at == MONDAY


def letter(world: World) -> Notice:
    """The first follower's, written and not sent."""
    world.send(news(world))
    (found,) = world.notices_of(ticket(0))
    return found


# When what they follow is over


def withdraw(world: World) -> None:
    world.citizen(CitizenAct("withdraw"), PARENT)


def whole(world: World, many: int) -> None:
    """Nobody is lost: the oldest stands alone at the desk, everybody else follows it."""
    cases = [world.case(ticket(number)) for number in range(many)]
    assert (cases[0].state, cases[0].followed) == (State.AT_DESK, True)
    assert {(case.state, case.parent) for case in cases[1:]} == {(State.MERGED, ticket(0))}
    assert followers.count_followers(world.store, ticket(0)) == many - 1
    assert followers.count_followers(world.store, PARENT) == 0


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_withdrawn_report_leaves_its_followers_to_the_oldest_of_them(world: World, at: int, lost: bool) -> None:
    many = 3 * followers.HANDED_ON_AT_ONCE + 7
    followed(world, many)
    withdraw(world)
    world.bus.losing = True
    with suppress(StoreUnavailable):
        send_notice.send_notice(
            replace(world.services, store=Failing(world, at, lost)), world.sending, news(world, "withdrawn").id
        )
    world.bus.losing = False
    swept(world, news(world, "withdrawn"))
    whole(world, many)
    letters = {n: [letter.template for letter in world.notices_of(ticket(n))] for n in range(many)}
    assert letters == {0: ["orphaned", "triage"], **{n: ["merged"] for n in range(1, many)}}


def test_news_of_the_heir_reach_those_who_were_handed_on(world: World) -> None:
    followed(world, 3)
    withdraw(world)
    world.work()
    heir = world.case(ticket(0))
    world.desk(DeskAct("assign", "DLH"), heir.ticket, assignment_no=heir.assignment_no)
    world.work()
    assert told(world, "assigned") == everybody(3)


def test_a_parent_that_is_merged_itself_takes_its_followers_along(world: World) -> None:
    followed(world, 60, state=State.AT_DESK, assignment_no=1)
    world.put(complaint(State.ASSIGNED, ticket=OTHER))
    world.desk(DeskAct("merge", into=OTHER), PARENT)
    world.work()
    assert {(c.state, c.parent) for c in (world.case(ticket(n)) for n in range(60))} == {(State.MERGED, OTHER)}
    assert world.case(OTHER).followed
    world.office(OfficerAct("progress", message="Sedang kami kerjakan."), OTHER)
    world.work()
    assert told(world, "progress") == everybody(60)


def test_a_parent_that_came_back_before_they_were_handed_on_keeps_them(world: World) -> None:
    followed(world, 2, state=State.AT_DESK, assignment_no=1)
    world.put(complaint(State.ASSIGNED, ticket=OTHER))
    world.desk(DeskAct("merge", into=OTHER), PARENT)
    world.citizen(CitizenAct("dispute", "Bukan yang sama."), PARENT)
    world.work()
    assert {world.case(ticket(n)).parent for n in range(2)} == {PARENT}
    assert not [entry for n in range(2) for entry in world.timeline(ticket(n))]
    assert world.case(PARENT).state == State.AT_DESK
