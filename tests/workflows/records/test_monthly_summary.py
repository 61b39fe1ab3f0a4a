"""The monthly summary reconciles whatever was lived through, and counts what a merged report follows."""

from __future__ import annotations
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from tests.builders import CALENDAR, PARENT, complaint, held, wib
from tests.workflows.interleavings import LIKELY, Life
from tests.workflows.world import World
from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import CONFIRMED, ENDED, Complaint, State, from_document
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.reporting import NO_END, UNDER_WAY, Tally
from workflows.ports import Query
from workflows.records.monthly_summary import monthly_summary, total

LIVES, STEPS = 12, 25
OF_LAKSA = {
    **dict.fromkeys(("received", "at_desk", "assigned"), "menunggu"),
    **dict.fromkeys(("in_progress", "waiting_for_citizen", "scheduled", "answered"), "proses"),
    **dict.fromkeys(("closed", "rejected", "external", "withdrawn"), "selesai"),
}


def numbered(number: int) -> str:
    return new_ticket(number.to_bytes(5, "big"))


def reconciles(row: Tally) -> bool:
    """As the desk adds them up: the three are all, and so are the ends with what has not ended."""
    return row.received == row.stages.total() == row.ends.total() == row.scores.total()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_after_any_lives_every_row_and_the_total_reconcile(world: World, seed: int) -> None:
    luck = Random(seed)
    for _ in range(LIVES):
        life = Life(world, world.submit().ticket)
        for _ in range(STEPS):
            life.take((luck.choice(LIKELY), luck.randrange(1 << 30)))
    summary = monthly_summary(world.store, CALENDAR)
    stored = [from_document(found.data) for found in world.store.query(Query(COMPLAINTS, limit=1000))]
    assert all(reconciles(row) for row in summary.values())
    assert reconciles(whole := total(summary))
    assert whole.received == len(stored) > LIVES
    assert whole.stages == Counter(OF_LAKSA[worked_on(world, case).state] for case in stored)
    assert whole.ends == Counter(case.answer.closed_as or case.state if case.state in ENDED else "" for case in stored)
    assert whole.objections == sum(case.answer.disputes for case in stored)
    assert whole.in_time + whole.late == whole.days.total()


def worked_on(world: World, case: Complaint) -> Complaint:
    """The case itself, or the one that it follows in the end."""
    while case.state == State.MERGED:
        case = world.case(case.parent)
    return case


@pytest.mark.parametrize(("year", "received"), [(2026, 2), (2025, 1), (2027, 1), (2024, 0)])
def test_a_year_is_the_city_s_own(world: World, year: int, received: int) -> None:
    moments = ("2025-12-31 23:59", "2026-01-01 00:00", "2026-12-31 23:59", "2027-01-01 00:00")
    world.put(*(complaint(ticket=numbered(n), received_at=wib(at)) for n, at in enumerate(moments)))
    assert total(monthly_summary(world.store, CALENDAR, year)).received == received


def test_what_was_merged_stands_where_its_parent_does(world: World) -> None:
    middle = complaint(State.MERGED, ticket=numbered(2), parent=PARENT)
    world.put(complaint(State.IN_PROGRESS, "PUPR", ticket=PARENT), middle)
    world.put(complaint(State.MERGED, ticket=numbered(1), parent=numbered(2), assignment=held("DLH")))
    (row,) = monthly_summary(world.store, CALENDAR).values()
    assert (row.received, row.stages, row.ends[State.MERGED]) == (3, {UNDER_WAY: 3}, 2)


def counted(**fields: Any) -> Tally:
    tally = Tally()
    tally.count(complaint(State.CLOSED, **fields), None, CALENDAR)
    return tally


def test_an_answer_after_its_deadline_is_late_and_at_its_deadline_not() -> None:
    at = complaint(State.ANSWERED).deadlines.answer_by
    assert at
    for answered_at, told in ((at, (1, 0)), (at + timedelta(seconds=1), (0, 1))):
        tally = counted(answered_at=answered_at, closed_as=CONFIRMED)
        assert (tally.in_time, tally.late, tally.median_days) == (*told, 10)


def test_an_answer_that_was_objected_to_is_none_until_the_next() -> None:
    tally = Tally()
    reopened = complaint(State.ANSWERED).evolve(state=State.IN_PROGRESS, outcome="", disputes=1)
    tally.count(reopened, None, CALENDAR)
    assert (tally.in_time + tally.late, tally.median_days, tally.objections) == (0, None, 1)
    assert tally.ends == {NO_END: 1}


def test_median_and_mean_are_of_those_that_have_one() -> None:
    tally = Tally()
    for day, rating in (("07", 5), ("08", 0), ("10", 4), ("20", 0)):
        case = complaint(State.CLOSED, answered_at=wib(f"2026-07-{day} 10:00"), rating=rating, closed_as=CONFIRMED)
        tally.count(case, None, CALENDAR)
    assert (tally.median_days, tally.mean_rating, tally.ratings) == (3.0, 4.5, 2)
    assert (Tally().median_days, Tally().mean_rating) == (None, None)
