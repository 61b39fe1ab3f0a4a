"""One case behind a department's link: who may act, what a repeat does, and when a link no longer holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import DIRECTORY, TICKET, complaint
from tests.workflows.world import World
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import WITH_DEPARTMENT, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import ActionNotPossible, Forbidden, InvalidInput, LinkExpired, LinkSuperseded
from workflows.office import casework

ANSWER = OfficerAct("answer", message="Sudah diangkut pagi ini.")
FORWARD = OfficerAct("forward", message="Ini milik pasar.", to="PDPASAR")
NOT_OURS = OfficerAct("not-ours", message="Bukan wilayah kami.")
SCHEDULE = OfficerAct("schedule", date="2026-07-15", message="Menunggu truk.")
ACKNOWLEDGE = OfficerAct("acknowledge")
RENEW = OfficerAct("renew")
ALL = [ACKNOWLEDGE, ANSWER, FORWARD, NOT_OURS, SCHEDULE]


def by_action(act: object) -> str:
    return act.action if isinstance(act, OfficerAct) else str(act)


@pytest.fixture
def case(world: World) -> World:
    """A world with one case that DLH has just been given."""
    world.put(complaint(State.ASSIGNED))
    return world


def do(world: World, act: OfficerAct, token: str | None = None, **link: Any) -> Transition | None:
    return casework.perform_action(world.services, world.token(**link) if token is None else token, act)


def test_opening_a_case_changes_nothing_however_often(case: World) -> None:
    before, token = case.everything(), case.token()
    for _ in range(3):
        right, shown = casework.open_case(case.services, token)
    assert (right.ticket, right.role, shown.state) == (TICKET, "department", State.ASSIGNED)
    assert case.everything() == before
    assert not case.bus.messages


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (ACKNOWLEDGE, State.IN_PROGRESS),
        (ANSWER, State.ANSWERED),
        (SCHEDULE, State.SCHEDULED),
        (FORWARD, State.ASSIGNED),
        (NOT_OURS, State.AT_DESK),
    ],
    ids=by_action,
)
def test_an_act_is_stored_whole_and_wakes_each_sender(case: World, act: OfficerAct, state: str) -> None:
    change = do(case, act)
    assert change and case.case() == change.complaint
    assert case.case().state == state
    assert case.timeline()[-1] == change.entries[-1]
    assert {data["notice"] for _, data in case.bus.messages} == {notice.id for notice in case.notices()}


@pytest.mark.parametrize("act", ALL, ids=by_action)
def test_the_same_act_by_the_same_link_again_changes_nothing(case: World, act: OfficerAct) -> None:
    token = case.token()
    do(case, act, token)
    before = case.everything()
    case.clock.wait(hours=5)
    assert do(case, act, token) is None
    assert do(case, replace(act, officer="Pak Danu"), token) is None
    assert case.everything() == before


@pytest.mark.parametrize("act", [FORWARD, NOT_OURS, ANSWER, ACKNOWLEDGE], ids=by_action)
def test_a_repeat_is_a_repeat_even_after_the_case_has_moved_on(case: World, act: OfficerAct) -> None:
    token = case.token()
    do(case, act, token)
    if case.case().state == State.AT_DESK:
        case.desk(DeskAct("assign", "PUPR"))
    held = case.case().assignment
    assert held
    for later in (replace(SCHEDULE, message="Besok."), replace(ANSWER, message="Beres.")):
        if case.case().state in WITH_DEPARTMENT:
            do(case, later, generation=held.generation)
    before = case.everything()
    assert do(case, act, token) is None
    assert case.everything() == before


@pytest.mark.parametrize("other", [replace(ANSWER, outcome="not_done"), replace(ANSWER, message="Lain.")])
def test_another_answer_while_one_stands_is_a_conflict_and_no_repeat(case: World, other: OfficerAct) -> None:
    do(case, ANSWER)
    with pytest.raises(ActionNotPossible):
        do(case, other)


def test_line_breaks_of_another_system_make_no_other_act(case: World) -> None:
    do(case, replace(ANSWER, message="Sudah.\r\nTerima kasih. "))
    assert do(case, replace(ANSWER, message="Sudah.\nTerima kasih.")) is None
    assert case.timeline()[-1].text == "Sudah.\nTerima kasih."


def test_a_full_page_of_words_is_counted_as_the_citizen_s_is(case: World) -> None:
    assert do(case, replace(ANSWER, message="\r\n".join(["x"] * 2500)))


def test_the_same_act_by_two_officers_at_once_is_done_once(case: World) -> None:
    token = case.token()
    with ThreadPoolExecutor(4) as pool:
        changes = list(pool.map(lambda _: do(case, ANSWER, token), range(4)))
    assert len([change for change in changes if change]) == 1
    assert len(case.notices()) == 1


@pytest.mark.parametrize("act", [ACKNOWLEDGE, ANSWER, replace(NOT_OURS, message="Lain."), RENEW], ids=by_action)
@pytest.mark.parametrize("moved", [FORWARD, NOT_OURS], ids=by_action)
def test_the_old_link_is_superseded_once_the_case_left(case: World, moved: OfficerAct, act: OfficerAct) -> None:
    old = case.token()
    do(case, moved, old)
    with pytest.raises(LinkSuperseded):
        do(case, act, old)
    with pytest.raises(LinkSuperseded):
        casework.open_case(case.services, old)


def test_the_old_link_stays_superseded_when_the_case_comes_back(case: World) -> None:
    old = case.token()
    do(case, FORWARD, old)
    do(case, replace(FORWARD, to="DLH"), generation=2)
    with pytest.raises(LinkSuperseded):
        do(case, ANSWER, old)
    assert do(case, ANSWER, generation=3)


def test_what_the_new_holder_has_done_is_no_repeat_for_the_old_one(case: World) -> None:
    old = case.token()
    do(case, FORWARD, old)
    do(case, ACKNOWLEDGE, generation=2)
    with pytest.raises(LinkSuperseded):
        do(case, ACKNOWLEDGE, old)


def test_an_expired_link_takes_nothing_but_a_renewal(case: World) -> None:
    token = case.token(days=60)
    case.clock.wait(days=61)
    for act in ALL:
        with pytest.raises(LinkExpired) as refused:
            do(case, act, token)
        assert (refused.value.ticket, refused.value.department) == (TICKET, "DLH")
    with pytest.raises(LinkExpired):
        casework.open_case(case.services, token)
    assert do(case, RENEW, token)


def test_a_unit_that_has_it_again_is_handed_it_again(case: World) -> None:
    first, second = (OfficerAct("delegate", to=unit.code) for unit in DIRECTORY.units_of("DLH")[:2])
    for act in (first, second, first):
        assert do(case, act)
        assert do(case, act) is None
    held = case.case().assignment
    assert held and held.unit == first.to


def test_a_repeat_by_an_expired_link_is_still_a_repeat(case: World) -> None:
    token = case.token(days=1)
    do(case, ACKNOWLEDGE, token)
    case.clock.wait(days=2)
    assert do(case, ACKNOWLEDGE, token) is None


def test_a_renewed_link_works(case: World) -> None:
    case.clock.wait(days=80)
    do(case, RENEW, days=-1)
    case.work()
    link = case.postman.mails[-1].text.splitlines()[1]
    assert casework.open_case(case.services, link.rpartition("/opd/")[2])[1].ticket == TICKET


def _other_token(world: World) -> str:
    return world.token(ticket=new_ticket(b"other"))


@pytest.mark.parametrize(
    "token",
    [
        lambda world: "",
        lambda world: "x" * 47,
        lambda world: world.token()[:-1],
        lambda world: world.token().swapcase(),
        lambda world: world.token(role="desk"),
        lambda world: world.key(),
        _other_token,
    ],
    ids=["empty", "made up", "cut", "changed", "the desk's", "the citizen's", "of no case"],
)
def test_without_a_genuine_link_it_is_forbidden_with_or_without_a_case(case: World, token: Any) -> None:
    with pytest.raises(Forbidden):
        casework.open_case(case.services, token(case))
    with pytest.raises(Forbidden):
        do(case, ANSWER, token(case))


@pytest.mark.parametrize("action", ["", "close", "confirm", "ANSWER", "assign"])
def test_an_action_that_is_none_is_named(case: World, action: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        do(case, OfficerAct(action, message="x"))
    assert [(e.field, e.code) for e in refused.value.errors] == [("action", "bad_choice")]


def test_the_link_says_whose_act_it_is_whatever_was_typed(case: World) -> None:
    do(case, replace(ANSWER, role="head"))
    assert case.timeline()[-1].by == "department"


def test_an_act_that_fails_leaves_nothing_behind(case: World) -> None:
    before = case.everything()
    for act in (replace(FORWARD, to="NOSUCH"), replace(SCHEDULE, date="2020-01-01"), replace(ANSWER, message="")):
        with pytest.raises(InvalidInput):
            do(case, act)
    assert case.everything() == before
    assert not case.bus.messages
