"""That a citizen opened the page of an answered case: noted once, and never in the way of the page."""

from __future__ import annotations
from pathlib import Path

from tests.builders import MONDAY, complaint, wib
from tests.workflows.unsure_store import UnsureStore
from tests.workflows.world import INDEXES, World
from workflows.citizen.page_access import mark_opened
from workflows.domain.complaint.model import NO_RESPONSE, State
from workflows.domain.notifications.delivery import PAGE


def unheard(world: World) -> None:
    world.put(complaint(State.ANSWERED, answer_sequence=1, has_email=False))


def test_once_opened_it_is_open_ten_days_more_and_closed_without_response(world: World) -> None:
    unheard(world)
    world.clock.go_to(wib("2026-07-17 10:00"))
    shown = mark_opened(world.services, world.case())
    assert shown == world.case() and (shown.answer.reached_by, shown.answer.confirm_by) == (
        PAGE,
        wib("2026-07-31 16:00"),
    )
    before = world.everything()
    assert mark_opened(world.services, shown) is shown
    assert world.everything() == before
    world.clock.go_to(wib("2026-07-31 16:00"))
    world.tick()
    assert (world.case().state, world.case().answer.closed_as) == (State.CLOSED, NO_RESPONSE)


def test_a_store_that_does_not_answer_the_write_still_shows_the_page(tmp_path: Path) -> None:
    store = UnsureStore(tmp_path / "unsure.db", INDEXES)
    world = World(store)
    unheard(world)
    before = world.case()
    store.lost = True
    assert mark_opened(world.services, before) is before
    assert world.case().answer.reached_at == MONDAY  # written; only the word of it was lost
    store.close()
