"""An operator merges one case into another: once, whoever else acts meanwhile, and with everybody told."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.builders import PARENT, TICKET, complaint
from tests.workflows.world import World
from workflows.desk import one_complaint
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.desk import DeskAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.errors import ActionNotPossible, Forbidden, InvalidInput, LaksaError, LinkExpired

THIRD = new_ticket(b"tiga.")
UNKNOWN = new_ticket(b"tidak")


def case(state: str, ticket: str = TICKET, **fields: Any) -> Complaint:
    return complaint(state, **{"ticket": ticket, "assignment_no": 1, "decision": {"opd": "DLH"}, **fields})


@pytest.fixture
def two(world: World) -> World:
    """One case at the desk, and another that DLH has."""
    world.put(case(State.AT_DESK), case(State.ASSIGNED, PARENT))
    return world


def merge(world: World, into: str, ticket: str = TICKET, **link: int) -> Transition | None:
    return world.desk(DeskAct("merge", into=into), ticket, **link)


@pytest.mark.parametrize("into", ["", "LKS-", "PUPR", UNKNOWN, TICKET, PARENT[:-1]])
def test_a_number_that_leads_nowhere_is_named_and_nothing_is_written(two: World, into: str) -> None:
    before = two.everything()
    with pytest.raises(InvalidInput) as refused:
        merge(two, into)
    assert [error.field for error in refused.value.errors] == ["into"]
    assert two.everything() == before


def test_two_that_are_merged_into_each_other_at_once_are_merged_once(world: World) -> None:
    world.put(case(State.AT_DESK), case(State.AT_DESK, PARENT))

    def one(way: tuple[str, str]) -> bool:
        try:
            return bool(merge(world, *way))
        except InvalidInput:
            return False

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(one, [(PARENT, TICKET), (TICKET, PARENT)]))
    assert sorted(done) == [False, True]
    assert sorted([world.case().state, world.case(PARENT).state]) == [State.AT_DESK, State.MERGED]


def test_a_citizen_who_is_faster_is_not_overrun(world: World) -> None:
    world.put(case(State.AT_DESK), case(State.ASSIGNED, PARENT))
    world.citizen(CitizenAct("withdraw"))
    with pytest.raises(ActionNotPossible):
        merge(world, PARENT)
    assert world.case().state == State.WITHDRAWN


@pytest.mark.parametrize(
    ("token", "error"), [("forged", Forbidden), ({"days": -1}, LinkExpired), ({"role": "department"}, Forbidden)]
)
def test_only_a_living_link_of_the_desk_merges(two: World, token: object, error: type[LaksaError]) -> None:
    link = two.token(**{"role": "desk", **token}) if isinstance(token, dict) else str(token)
    with pytest.raises(error):
        one_complaint.perform_action(two.services, link, DeskAct("merge", into=PARENT))
    assert two.case().state == State.AT_DESK
