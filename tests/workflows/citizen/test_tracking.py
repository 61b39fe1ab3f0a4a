"""The citizen's key: what it opens and what it may do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.builders import TICKET, complaint, wib
from tests.workflows.world import World
from workflows.citizen import tracking
from workflows.desk import one_complaint
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import (
    ANSWERED,
    AT_DESK,
    CLOSED,
    EXTERNAL,
    IN_PROGRESS,
    MERGED,
    OPEN,
    REJECTED,
    STATES,
)
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import ActionNotPossible, Forbidden, InvalidInput
from workflows.office import casework

CONFIRM = CitizenAct("confirm")
DISPUTE = CitizenAct("dispute", "Masih menumpuk di ujung gang.")


@pytest.fixture
def answered(world: World) -> World:
    """A world with one case that DLH has answered."""
    world.put(complaint(ANSWERED))
    return world


def do(world: World, act: CitizenAct, ticket: str = TICKET) -> Transition | None:
    return tracking.perform_action(world.ports, ticket, world.key(), act)


@pytest.mark.parametrize("ticket", [TICKET, TICKET.lower(), TICKET.replace("-", ""), TICKET.removeprefix("LKS-")])
def test_ticket_and_key_open_the_case_however_the_ticket_is_typed(answered: World, ticket: str) -> None:
    assert tracking.open_page(answered.ports, ticket, answered.key()).ticket == TICKET


@pytest.mark.parametrize(
    ("ticket", "key"),
    [
        (TICKET, ""),
        (TICKET, "x" * 28),
        (TICKET, None),
        ("", ""),
        ("LKS-0000-0000-1", ""),
        (new_ticket(b"other"), None),
    ],
)
def test_a_number_without_its_key_is_forbidden_with_or_without_a_case(
    answered: World, ticket: str, key: str | None
) -> None:
    wrong = key if key is not None else answered.key(new_ticket(b"third"))
    with pytest.raises(Forbidden):
        tracking.open_page(answered.ports, ticket, wrong)
    with pytest.raises(Forbidden):
        tracking.perform_action(answered.ports, ticket, wrong, CONFIRM)


def test_a_genuine_key_to_a_case_that_is_gone_is_forbidden_too(answered: World) -> None:
    gone = new_ticket(b"other")
    with pytest.raises(Forbidden):
        tracking.open_page(answered.ports, gone, answered.key(gone))
    with pytest.raises(Forbidden):
        tracking.perform_action(answered.ports, gone, answered.key(gone), CONFIRM)


def test_a_replaced_key_opens_nothing_any_more(world: World) -> None:
    world.put(complaint(ANSWERED, key_version=2))
    with pytest.raises(Forbidden):
        tracking.open_page(world.ports, TICKET, world.key(version=1))
    with pytest.raises(Forbidden):
        tracking.perform_action(world.ports, TICKET, world.key(version=1), CONFIRM)
    assert tracking.perform_action(world.ports, TICKET, world.key(version=2), CONFIRM)


@pytest.mark.parametrize(("act", "state"), [(CONFIRM, CLOSED), (DISPUTE, IN_PROGRESS)])
def test_the_same_act_again_changes_nothing(answered: World, act: CitizenAct, state: str) -> None:
    do(answered, act)
    before = answered.everything()
    answered.clock.wait(days=1)
    assert do(answered, act) is None
    assert answered.everything() == before
    assert answered.case().state == state


def test_an_objection_repeated_after_the_department_acted_is_a_repeat(answered: World) -> None:
    do(answered, DISPUTE)
    schedule = OfficerAct("schedule", date="2026-07-15")
    casework.perform_action(answered.ports, answered.token(), schedule)
    assert do(answered, DISPUTE) is None


def test_the_same_objection_to_the_next_answer_is_a_new_one(answered: World) -> None:
    do(answered, DISPUTE)
    casework.perform_action(answered.ports, answered.token(), OfficerAct("answer", message="Sudah diangkut lagi."))
    assert do(answered, DISPUTE)
    assert answered.case().disputes == 2
    assert answered.case().rungs == ("head", "sekda")


def test_the_citizen_may_agree_and_think_again(answered: World) -> None:
    assert do(answered, CONFIRM)
    assert do(answered, DISPUTE)
    casework.perform_action(answered.ports, answered.token(), OfficerAct("answer", message="Sudah diangkut lagi."))
    assert do(answered, CONFIRM)
    assert answered.case().state == CLOSED


def test_words_sent_again_late_are_added_once_and_another_day_anew(world: World) -> None:
    world.put(complaint(IN_PROGRESS))
    first, second = CitizenAct("add", "Masih bau."), CitizenAct("add", "Ada ular.")
    do(world, first)
    do(world, second)
    casework.perform_action(world.ports, world.token(), OfficerAct("progress", message="Sedang kami angkut."))
    before = world.everything()
    assert do(world, first) is None
    assert world.everything() == before
    world.clock.wait(days=2)
    assert do(world, first)


def test_of_ratings_the_last_counts_though_it_was_given_before(answered: World) -> None:
    for score in ("4", "2", "4"):
        do(answered, CitizenAct("rate", score=score))
    assert answered.case().rating == 4
    do(answered, CONFIRM)
    before = answered.everything()
    assert do(answered, CitizenAct("rate", score="4")) is None
    assert answered.everything() == before


def test_two_objections_at_once_are_one(answered: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        changes = list(pool.map(lambda _: do(answered, DISPUTE), range(4)))
    assert len([change for change in changes if change]) == 1
    assert len([notice for notice in answered.notices() if notice.role == "head"]) == 1


def test_of_agreeing_and_objecting_at_once_each_comes_to_a_whole_end(answered: World) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda act: _try(answered, act), (CONFIRM, DISPUTE)))
    after = answered.case()
    assert after.state == IN_PROGRESS  # whichever came first, the objection stands
    assert after.closed_as == ""


def _try(world: World, act: CitizenAct) -> None:
    try:
        do(world, act)
    except ActionNotPossible as refused:
        assert refused.state == IN_PROGRESS


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", [CONFIRM, DISPUTE])
def test_what_the_state_forbids_is_refused_naming_what_is_possible(
    world: World, act: CitizenAct, state: str
) -> None:
    world.put(complaint(state))
    ended = {CLOSED, REJECTED, EXTERNAL, MERGED}
    allowed = {"confirm": {ANSWERED}, "dispute": {ANSWERED, *ended}}[act.action]
    if state in allowed:
        assert do(world, act)
        return
    with pytest.raises(ActionNotPossible) as refused:
        do(world, act)
    expected: tuple[str, ...] = (
        ("dispute", "rate") if state in ended else ("add", "withdraw") if state in OPEN else ()
    )
    expected += ("withdraw",) if state == MERGED else ()
    assert (refused.value.state, refused.value.possible) == (state, expected)


@pytest.mark.parametrize(
    "act", [CitizenAct("answer"), CitizenAct(""), CitizenAct("dispute"), CitizenAct("dispute", " ")]
)
def test_what_is_no_act_or_has_no_words_is_named_and_changes_nothing(answered: World, act: CitizenAct) -> None:
    before = answered.everything()
    with pytest.raises(InvalidInput):
        do(answered, act)
    assert answered.everything() == before


def test_an_objection_to_an_end_at_the_desk_goes_to_the_desk_with_new_time(world: World) -> None:
    world.put(complaint(AT_DESK, clock_start=wib("2026-06-01 09:00"), answer_by=wib("2026-06-15 16:00")))
    one_complaint.perform_action(world.ports, world.token(role="desk"), DeskAct("external", "PLN"))
    do(world, DISPUTE)
    assert world.case().state == AT_DESK
    one_complaint.perform_action(world.ports, world.token(role="desk"), DeskAct("assign", "DLH"))
    assert world.case().answer_by == wib("2026-07-20 16:00")
