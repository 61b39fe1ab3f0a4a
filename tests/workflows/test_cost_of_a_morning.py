"""What the morning costs where every document read is paid for: a first look by counts, each case read once."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.builders import ANSWER_BY, DIRECTORY, MONDAY, POLICY, complaint, wib
from tests.workflows.counting import CountingStore
from tests.workflows.world import World
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import NoticeRequest, Role, Transition
from workflows.mail.morning import queue_morning_digests
from workflows.office.digest import FEW_NEW, department_morning, has_news
from workflows.office.mailbox_check import ask_mailboxes
from workflows.unit_of_work import save

pytestmark = pytest.mark.slow

LATE = wib("2026-07-03 16:00")
SEVEN = wib("2026-07-07 07:00")
SINCE = MONDAY - timedelta(days=1)
OFFICES = len(DIRECTORY.assignable())
"""Departments of the city: one count each tells who has a case at all."""


def case(number: int, opd: str, **fields: object) -> Complaint:
    return complaint(State.IN_PROGRESS, opd, ticket=new_ticket(number.to_bytes(5, "big")), **fields)


def give(world: World, *cases: Complaint) -> None:
    """Cases with the letter that told their department of them."""
    for given in cases:
        change = Transition(given, (), (NoticeRequest("new_case", Role.DEPARTMENT, given.opd or ""),))
        world.store.transact(partial(save, change=change, policy=POLICY, now=MONDAY))


@pytest.fixture
def busy(world: World) -> World:
    """Three departments with a hundred cases each, sixty of them late."""
    for place, opd in enumerate(("DLH", "PUPR", "DISHUB")):
        numbers = range(place * 100, place * 100 + 100)
        give(world, *(case(n, opd, answer_by=LATE if n % 5 < 3 else ANSWER_BY) for n in numbers))
    world.clock.go_to(SEVEN)
    return world


def reads(world: World) -> tuple[World, CountingStore]:
    counting = CountingStore(world.store)
    return replace(world, store=counting), counting  # type: ignore[arg-type]


def test_a_hundred_cases_a_department_cost_the_morning_a_few_counts_each(busy: World) -> None:
    ask_mailboxes(busy.services, None)  # once in a city's life every one is looked at
    watched, counting = reads(busy)
    assert len(queue_morning_digests(watched.services)) == 4
    assert counting.counted["reads"] <= OFFICES + 3 * 4 + 6  # 902 before the first look was by counts


@pytest.mark.parametrize("opd", ["DLH", "PUPR", "DISHUB"])
def test_the_first_look_is_a_fraction_of_the_letter(busy: World, opd: str) -> None:
    _, counting = reads(busy)
    assert has_news(counting, opd, SINCE, SEVEN)
    look = counting.counted["reads"]
    department_morning(counting, opd, SINCE, SEVEN)
    assert look <= 3 < 200 < counting.counted["reads"] - look


def test_where_all_is_new_a_few_are_looked_at(world: World) -> None:
    give(world, *(case(n, "DLH") for n in range(100)))
    _, counting = reads(world)
    assert has_news(counting, "DLH", SINCE, SEVEN)
    assert counting.counted["reads"] <= 6 + 2 * FEW_NEW


@pytest.mark.parametrize(
    ("gone", "left", "news"),
    [(0, 0, False), (1, 0, False), (FEW_NEW + 1, 0, False), (FEW_NEW + 1, 1, True), (0, 1, True)],
)
def test_the_first_look_finds_what_the_letter_would_tell(world: World, gone: int, left: int, news: bool) -> None:
    """However many cases of the first few have gone to another department since."""
    cases = [case(n, "DLH") for n in range(gone + left)]
    give(world, *cases)
    world.put(*(moved.evolve(assignment=case(0, "PUPR").assignment) for moved in cases[:gone]))
    assert has_news(world.store, "DLH", SINCE, SEVEN) is news
    assert department_morning(world.store, "DLH", SINCE, SEVEN).is_empty is not news
