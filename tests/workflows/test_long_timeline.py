"""A timeline longer than is ever read at once shows what happened last."""

from __future__ import annotations

from tests.builders import TICKET
from tests.workflows.world import World
from workflows.domain.complaint.transition import LAKSA, EventName, TimelineEvent, timeline_id
from workflows.ports import Transaction
from workflows.unit_of_work import MAX_TIMELINE_EVENTS, read_timeline, timeline_of


def happened(world: World, times: int) -> None:
    entries = [TimelineEvent(EventName.ADDED, LAKSA, sequence=number) for number in range(1, times + 1)]

    def work(transaction: Transaction) -> None:
        for entry in entries:
            transaction.create(timeline_of(TICKET), timeline_id(entry.sequence), entry.to_document())

    world.store.transact(work)


def test_of_very_many_the_newest_are_read_the_oldest_of_them_first(world: World) -> None:
    happened(world, MAX_TIMELINE_EVENTS + 5)
    read = [entry.sequence for entry in read_timeline(world.store, TICKET)]
    assert read == list(range(6, MAX_TIMELINE_EVENTS + 6))


def test_of_few_all_are_read(world: World) -> None:
    happened(world, 3)
    assert [entry.sequence for entry in read_timeline(world.store, TICKET)] == [1, 2, 3]
