"""A jump that passes over quiet sweeps leaves behind what one that sweeps every five minutes leaves behind."""

from __future__ import annotations
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.embedded.scheduler import ALWAYS, Scheduler
from infra.topology import read_topology
from tests.builders import MONDAY, complaint
from tests.workflows.world import INDEXES, HandClock, World
from workflows.adapters.sqlite import SqliteStore
from workflows.clock.deadlines import last_sweep, next_alarm
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.failures import MailDeferred
from workflows.mail import morning

STATES = (State.RECEIVED, State.ASSIGNED, State.AT_DESK, State.ANSWERED, State.IN_PROGRESS)
UNTIL = MONDAY + timedelta(days=24)


class Moved(HandClock):
    """Stands still, and jumps."""

    def jump_to(self, at: datetime) -> None:
        self.go_to(at)


def _city(folder: Path) -> World:
    world = World(SqliteStore(folder / "laksa.db", INDEXES), clock=Moved())
    world.put(*(complaint(state, ticket=new_ticket(state.encode())) for state in STATES))
    world.postman.troubles = [MailDeferred("450 later"), None, MailDeferred("450 later"), None]
    return world


def _jump(world: World, next_alarm: Callable[[], datetime | None]) -> list[str]:
    ran: list[str] = []
    functions: dict[str, Callable[[], Any]] = {
        "sweep": world.tick,
        "morning_digest": lambda: morning.queue_morning_digests(world.services),
    }

    def tick(name: str) -> int:
        ran.append(name)
        functions[name]()
        return 204

    scheduler = Scheduler(read_topology(), world.clock, tick, lambda seconds: world.work() >= 0, next_alarm)
    assert isinstance(world.clock, Moved)
    assert scheduler.run_until(UNTIL, world.clock) == 24 * (12 * 24 + 1)
    return ran


def test_the_same_letters_go_out_at_the_same_moments(tmp_path: Path) -> None:
    worlds = []
    for name in ("every", "needed"):
        (tmp_path / name).mkdir()
        worlds.append(_city(tmp_path / name))
    every, needed = worlds
    ran_every = _jump(every, lambda: ALWAYS)
    ran_needed = _jump(needed, lambda: next_alarm(needed.store))
    assert len(every.postman.mails) > 15
    assert needed.postman.mails == every.postman.mails
    assert needed.postman.tried == every.postman.tried
    assert needed.everything() == every.everything()
    assert last_sweep(needed.store) == last_sweep(every.store) == UNTIL
    assert ran_needed.count("morning_digest") == ran_every.count("morning_digest") == 24
    assert ran_needed.count("sweep") < 100 < ran_every.count("sweep")


@pytest.mark.parametrize(
    ("complaint_at", "notice_at", "alarm"), [(None, None, None), (2, None, 2), (None, 3, 3), (2, 3, 2), (4, 3, 3)]
)
def test_the_next_alarm_is_the_earliest_of_a_complaint_or_a_letter(
    tmp_path: Path, complaint_at: int | None, notice_at: int | None, alarm: int | None
) -> None:
    store = SqliteStore(tmp_path / "laksa.db", INDEXES)
    alarms = {"complaints": ("next_check_at", complaint_at), "notices": ("next_try_at", notice_at)}
    for collection, (field, hours) in alarms.items():
        for id, later in (("first", 0), ("later", 9)):
            data = {} if hours is None else {field: MONDAY + timedelta(hours=hours + later)}
            store.transact(lambda tx, c=collection, i=id, d=data: tx.set(c, i, d))  # type: ignore[misc]
    assert next_alarm(store) == (None if alarm is None else MONDAY + timedelta(hours=alarm))
