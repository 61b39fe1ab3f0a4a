"""One case behind a department's link: who may act, what a repeat does, and when a link no longer holds."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import DIRECTORY, TICKET, complaint
from tests.workflows.world import World
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import Forbidden, InvalidInput, LinkExpired, LinkSuperseded
from workflows.office import casework

ANSWER = OfficerAct("answer", message="Sudah diangkut pagi ini.")
FORWARD = OfficerAct("forward", message="Ini milik pasar.", to="PDPASAR")
NOT_OURS = OfficerAct("not-ours", message="Bukan wilayah kami.")
SCHEDULE = OfficerAct("schedule", date="2026-07-15", message="Menunggu truk.")
ACKNOWLEDGE = OfficerAct("acknowledge")
RENEW = OfficerAct("renew")
ALL = [ACKNOWLEDGE, ANSWER, FORWARD, NOT_OURS, SCHEDULE]


@pytest.fixture
def case(world: World) -> World:
    """A world with one case that DLH has just been given."""
    world.put(complaint(State.ASSIGNED))
    return world


def do(world: World, act: OfficerAct, token: str | None = None, **link: Any) -> Transition | None:
    return casework.perform_action(world.services, world.token(**link) if token is None else token, act)


def test_the_same_act_by_two_officers_at_once_is_done_once(case: World) -> None:
    token = case.token()
    with ThreadPoolExecutor(4) as pool:
        changes = list(pool.map(lambda _: do(case, ANSWER, token), range(4)))
    assert len([change for change in changes if change]) == 1
    assert len(case.notices()) == 1


def test_the_old_link_stays_superseded_when_the_case_comes_back(case: World) -> None:
    old = case.token()
    do(case, FORWARD, old)
    do(case, replace(FORWARD, to="DLH"), assignment_no=2)
    with pytest.raises(LinkSuperseded):
        do(case, ANSWER, old)
    assert do(case, ANSWER, assignment_no=3)


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


def test_an_act_that_fails_leaves_nothing_behind(case: World) -> None:
    before = case.everything()
    for act in (replace(FORWARD, to="NOSUCH"), replace(SCHEDULE, date="2020-01-01"), replace(ANSWER, message="")):
        with pytest.raises(InvalidInput):
            do(case, act)
    assert case.everything() == before
    assert not case.bus.messages
