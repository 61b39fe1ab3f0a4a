"""A department's list: all its open cases and nobody else's, in order, page by page, behind a link of its own."""

from __future__ import annotations
from collections.abc import Iterable
from datetime import timedelta

import pytest

from tests.builders import MONDAY, complaint
from tests.workflows.world import World
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.errors import Forbidden, ListExpired
from workflows.office import casework
from workflows.office.case_list import NOWHERE, PAGE, Listed, open_list

pytestmark = pytest.mark.slow

HERE, THERE = "36.71.01.1003", "36.71.01.1007"


def ticket(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def case(number: int, state: str = State.IN_PROGRESS, opd: str = "DLH", **fields: object) -> Complaint:
    """One case; by itself, each is due an hour after the one before."""
    fields = {"answer_by": MONDAY + timedelta(days=9, hours=number)} | fields
    return complaint(state, opd, ticket=ticket(number), **fields)


def token(world: World, opd: str = "DLH", hours: float = 24) -> str:
    return world.services.links.list_token(opd, world.clock.now() + timedelta(hours=hours))


def pages(world: World, kelurahan: str = "") -> Iterable[Listed]:
    listed = open_list(world.services, token(world), kelurahan)
    yield listed
    while listed.next:
        listed = open_list(world.services, token(world), kelurahan, listed.next)
        yield listed


def shown(listed: Listed) -> list[str]:
    return [case.ticket for case in listed.cases]


def test_a_restricted_case_s_place_does_not_tell_whether_it_is_urgent(world: World) -> None:
    world.put(case(1), case(2, restricted=True, urgent=True), case(3), case(4, urgent=True))
    world.put(case(0, restricted=True, urgent=True, answer_by=None))
    assert shown(open_list(world.services, token(world))) == [ticket(n) for n in (4, 0, 1, 2, 3)]


def test_restricted_ones_are_read_once_and_no_address_tells_of_danger(world: World) -> None:
    many = 2 * PAGE + 60
    world.put(*(case(n, urgent=n % 2 == 0, restricted=n % 3 == 0, answer_by=MONDAY) for n in range(many)))
    read = list(pages(world))
    tickets = [ticket for page in read for ticket in shown(page)]
    assert len(set(tickets)) == len(tickets) == many
    last = [page.cases[-1] for page in read[:-1]]
    assert [page.next[0] == "u" for page in read[:-1]] == [c.urgent and not c.restricted for c in last]


def test_of_equal_deadlines_none_is_lost_between_pages(world: World) -> None:
    many = PAGE + 30
    world.put(*(case(n, answer_by=MONDAY, urgent=n % 9 == 0) for n in range(2 * many)))
    read = list(pages(world))
    tickets = [ticket for page in read for ticket in shown(page)]
    assert [len(page.cases) for page in read] == [PAGE, PAGE, 60]
    assert [page.first for page in read] == [True, False, False]
    assert len(set(tickets)) == len(tickets) == 2 * many
    urgent = [world.case(ticket).urgent for ticket in tickets]
    assert urgent == sorted(urgent, reverse=True)


def test_a_page_that_ends_with_the_last_urgent_one_goes_on_with_the_others(world: World) -> None:
    world.put(*(case(n, urgent=n < PAGE) for n in range(PAGE + 2)))
    first, second = pages(world)
    assert (len(first.cases), shown(second)) == (PAGE, [ticket(PAGE), ticket(PAGE + 1)])


def test_a_full_last_page_leads_nowhere(world: World) -> None:
    world.put(*(case(n) for n in range(PAGE)))
    assert [page.next for page in pages(world)] == [""]


def test_the_list_narrows_to_a_kelurahan_and_hides_restricted_cases(world: World) -> None:
    world.put(case(1, kelurahan=HERE), case(2, kelurahan=THERE), case(3), case(4, kelurahan=HERE, restricted=True))
    world.put(case(5, kelurahan=HERE, urgent=True), case(6, opd="DISHUB", kelurahan=HERE))
    here, nowhere = (open_list(world.services, token(world), area) for area in (HERE, NOWHERE))
    assert (shown(here), here.matching, here.counts.open) == ([ticket(5), ticket(1)], 2, 5)
    assert (shown(nowhere), nowhere.matching) == ([ticket(3)], 1)


def test_a_narrowed_list_has_pages_too(world: World) -> None:
    world.put(*(case(n, kelurahan=HERE if n % 2 else THERE) for n in range(2 * PAGE + 20)))
    assert [len(page.cases) for page in pages(world, HERE)] == [PAGE, 10]


def test_neither_a_case_s_link_nor_that_of_a_gone_office_opens_a_list(world: World) -> None:
    world.put(complaint(State.ASSIGNED))
    with pytest.raises(Forbidden):
        open_list(world.services, world.token())
    with pytest.raises(Forbidden):
        casework.open_case(world.services, token(world))
    with pytest.raises(Forbidden):
        open_list(world.services, token(world, "NOSUCH"))


@pytest.mark.parametrize("forged", ["", "x", "0" * 27 + ".DLH.abcde"])
def test_a_forged_link_is_forbidden(world: World, forged: str) -> None:
    with pytest.raises(Forbidden):
        open_list(world.services, forged)


def test_a_link_is_over_after_its_day(world: World) -> None:
    link = token(world, hours=24)
    world.clock.wait(hours=23, minutes=59)
    open_list(world.services, link)
    world.clock.wait(minutes=1)
    with pytest.raises(ListExpired):
        open_list(world.services, link)
