"""The citizen's key: what it opens and what it may do."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.builders import TICKET, complaint
from tests.workflows.world import World
from workflows.citizen import tracking
from workflows.citizen.page_access import open_page
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import ActionNotPossible, Forbidden

CONFIRM = CitizenAct("confirm")
DISPUTE = CitizenAct("dispute", "Masih menumpuk di ujung gang.")


@pytest.fixture
def answered(world: World) -> World:
    """A world with one case that DLH has answered."""
    world.put(complaint(State.ANSWERED))
    return world


def do(world: World, act: CitizenAct, ticket: str = TICKET) -> Transition | None:
    return tracking.perform_action(world.services, ticket, world.key(), act)


@pytest.mark.parametrize(
    ("ticket", "key"),
    [(TICKET, ""), (TICKET, "x" * 28), (TICKET, None), ("", ""), ("LKS-0000-0000-1", ""), (new_ticket(b"other"), None)],
)
def test_a_number_without_its_key_is_forbidden_in_any_case(answered: World, ticket: str, key: str | None) -> None:
    wrong = key if key is not None else answered.key(new_ticket(b"third"))
    with pytest.raises(Forbidden):
        open_page(answered.services, ticket, wrong)
    with pytest.raises(Forbidden):
        tracking.perform_action(answered.services, ticket, wrong, CONFIRM)


def test_a_genuine_key_to_a_case_that_is_gone_is_forbidden_too(answered: World) -> None:
    gone = new_ticket(b"other")
    with pytest.raises(Forbidden):
        open_page(answered.services, gone, answered.key(gone))
    with pytest.raises(Forbidden):
        answered.citizen(CONFIRM, gone)


def test_a_replaced_key_opens_nothing_any_more(world: World) -> None:
    world.put(complaint(State.ANSWERED, key_version=2))
    with pytest.raises(Forbidden):
        open_page(world.services, TICKET, world.key(version=1))
    with pytest.raises(Forbidden):
        tracking.perform_action(world.services, TICKET, world.key(version=1), CONFIRM)
    assert tracking.perform_action(world.services, TICKET, world.key(version=2), CONFIRM)


def test_of_agreeing_and_objecting_at_once_each_comes_to_a_whole_end(answered: World) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda act: _try(answered, act), (CONFIRM, DISPUTE)))
    after = answered.case()
    assert after.state == State.IN_PROGRESS  # whichever came first, the objection stands
    assert after.answer.closed_as == ""


def _try(world: World, act: CitizenAct) -> None:
    try:
        do(world, act)
    except ActionNotPossible as refused:
        assert refused.state == State.IN_PROGRESS
