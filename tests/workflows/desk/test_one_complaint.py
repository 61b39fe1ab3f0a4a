"""The operator's link: one choice sends a case on, once, and nothing else opens it."""

from __future__ import annotations

import pytest

from tests.builders import ANSWER_BY, TICKET, complaint
from tests.workflows.world import World
from workflows.desk import one_complaint
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import Forbidden, LinkExpired, LinkSuperseded

ASSIGN = DeskAct("assign", "DLH", message="Mohon dicek.")
REJECT = DeskAct("reject", reason="unclear", message="Sebutkan tempatnya.")
SEND_OUT = DeskAct("external", "PLN")


@pytest.fixture
def waiting(world: World) -> World:
    """A world with one case at the desk."""
    world.put(complaint(State.AT_DESK))
    return world


def do(world: World, act: DeskAct, token: str = "") -> Transition | None:
    return one_complaint.perform_action(world.services, token or world.token(role="desk"), act)


@pytest.mark.parametrize("role", ["department", "head"])
def test_an_officer_s_link_is_no_desk_s(waiting: World, role: str) -> None:
    token = waiting.token(role=role)
    with pytest.raises(Forbidden):
        one_complaint.open_case(waiting.services, token)
    with pytest.raises(Forbidden):
        do(waiting, ASSIGN, token)


def test_a_forged_link_and_one_of_no_case_are_forbidden_alike(waiting: World) -> None:
    for token in ("x" * 47, waiting.token(new_ticket(b"other"), role="desk")):
        with pytest.raises(Forbidden):
            one_complaint.open_case(waiting.services, token)
        with pytest.raises(Forbidden):
            do(waiting, ASSIGN, token)


def test_an_expired_link_of_the_desk_is_expired(waiting: World) -> None:
    token = waiting.token(role="desk")
    waiting.clock.wait(days=61)
    with pytest.raises(LinkExpired):
        one_complaint.open_case(waiting.services, token)
    with pytest.raises(LinkExpired):
        do(waiting, ASSIGN, token)


@pytest.fixture
def returned(world: World) -> tuple[World, str]:
    """A restricted case that has come back to the desk, and the link that sent it away."""
    world.put(complaint(State.AT_DESK, restricted=True))
    old = world.token(role="desk", assignment_no=0)
    do(world, ASSIGN, old)
    assert do(world, ASSIGN, old) is None
    world.office(OfficerAct("not-ours", message="Bukan kami."))
    return world, old


@pytest.mark.parametrize(
    "act", [ASSIGN, DeskAct("assign", "PUPR"), REJECT, SEND_OUT, DeskAct("merge", into=TICKET), DeskAct("renew")]
)
def test_a_superseded_link_of_a_restricted_case_takes_no_act(returned: tuple[World, str], act: DeskAct) -> None:
    world, old = returned
    with pytest.raises(LinkSuperseded):
        one_complaint.open_case(world.services, old)
    before = world.everything()
    with pytest.raises(LinkSuperseded):
        do(world, act, old)
    assert world.everything() == before
    assert do(world, ASSIGN, world.token(role="desk", assignment_no=world.case().assignment_no))


def test_a_call_about_a_restricted_case_is_noted_by_its_own_link_alone(world: World) -> None:
    world.put(complaint(State.ASSIGNED, restricted=True, call_by=ANSWER_BY))
    call = DeskAct("called", message="Bu Rina sudah tahu.")
    with pytest.raises(LinkSuperseded):
        do(world, call, world.token(role="desk", assignment_no=0))
    assert do(world, call)
