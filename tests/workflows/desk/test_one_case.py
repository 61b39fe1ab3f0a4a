"""The operator's link: one choice sends a case on, once, and nothing else opens it."""

from __future__ import annotations

import pytest

from tests.builders import ANSWER_BY, TICKET, complaint, held
from tests.workflows.world import World
from workflows.desk import one_complaint
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import STATES, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import Forbidden, InvalidInput, LinkExpired, LinkSuperseded

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


@pytest.mark.parametrize(
    ("act", "state"), [(ASSIGN, State.ASSIGNED), (REJECT, State.REJECTED), (SEND_OUT, State.EXTERNAL)]
)
def test_one_choice_sends_the_case_on_a_repeat_changes_nothing(waiting: World, act: DeskAct, state: str) -> None:
    change = do(waiting, act)
    assert change and waiting.case() == change.complaint
    assert waiting.case().state == state
    before = waiting.everything()
    assert do(waiting, act) is None
    assert waiting.everything() == before


@pytest.mark.parametrize("state", STATES)
def test_the_desk_s_link_opens_the_case_wherever_it_is_by_now(world: World, state: str) -> None:
    world.put(complaint(state))
    assert one_complaint.open_case(world.services, world.token(role="desk", generation=0)).state == state


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


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (DeskAct("close"), "action"),
        (DeskAct("assign", "NOSUCH"), "to"),
        (DeskAct("reject", reason=" "), "reason"),
        (DeskAct("external"), "to"),
        (DeskAct("assign", "DLH", message="x" * 5001), "message"),
        (DeskAct("assign", "DLH", message="\ud800"), "message"),
    ],
)
def test_a_field_that_needs_a_look_is_named_and_nothing_changes(waiting: World, act: DeskAct, field: str) -> None:
    before = waiting.everything()
    with pytest.raises(InvalidInput) as refused:
        do(waiting, act)
    assert [e.field for e in refused.value.errors] == [field]
    assert waiting.everything() == before


def test_releasing_a_quarantined_case_tells_the_citizen_for_the_first_time(world: World) -> None:
    ticket = world.submit(spam_reason="honeypot").ticket
    world.work()
    assert not [mail for mail in world.postman.mails if mail.to == "warga@contoh.example"]
    world.desk(ASSIGN, ticket)
    world.work()
    assert [mail.subject for mail in world.postman.mails if mail.to == "warga@contoh.example"] == ["assigned"]


@pytest.fixture
def returned(world: World) -> tuple[World, str]:
    """A restricted case that has come back to the desk, and the link that sent it away."""
    world.put(complaint(State.AT_DESK, restricted=True))
    old = world.token(role="desk", generation=0)
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
    assert do(world, ASSIGN, world.token(role="desk", generation=world.case().assignment_no))


def test_a_call_about_a_restricted_case_is_noted_by_its_own_link_alone(world: World) -> None:
    world.put(complaint(State.ASSIGNED, restricted=True, call_by=ANSWER_BY))
    call = DeskAct("called", message="Bu Rina sudah tahu.")
    with pytest.raises(LinkSuperseded):
        do(world, call, world.token(role="desk", generation=0))
    assert do(world, call)


def test_a_choice_by_a_link_that_has_expired_since_is_still_a_repeat(waiting: World) -> None:
    token = waiting.token(role="desk", days=1)
    do(waiting, ASSIGN, token)
    waiting.clock.wait(days=2)
    assert do(waiting, ASSIGN, token) is None
    with pytest.raises(LinkExpired):
        do(waiting, REJECT, token)


def test_a_second_call_is_noted_on_another_day_only(world: World) -> None:
    silent = held(ack_missed=True)
    world.put(complaint(State.ASSIGNED, assignment=silent))
    call = DeskAct("called")
    assert do(world, call)
    assert do(world, DeskAct("called", message="Tidak diangkat."))
    assert do(world, call) is None
    world.clock.wait(days=1)
    assert do(world, call)
