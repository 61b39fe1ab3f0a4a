"""The schedule against a clock that is moved: every tick, in order, at its time."""

from __future__ import annotations
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.embedded.scheduler import Scheduler, ticks
from infra.topology import read_topology
from workflows.adapters.clocks import JumpClock

TOPOLOGY = read_topology()


class Diary:
    """A `tick` that writes down what ran when, and answers as it is told."""

    def __init__(self, clock: JumpClock, *answers: int) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.ran: list[tuple[str, datetime]] = []

    def tick(self, name: str) -> int:
        self.ran.append((name, self.clock.now().replace(second=0, microsecond=0)))
        return self.answers.pop(0) if self.answers else 204

    def scheduler(self) -> Scheduler:
        return Scheduler(TOPOLOGY, self.clock, self.tick, lambda seconds: True)


@pytest.fixture
def clock(tmp_path: Path) -> JumpClock:
    clock = JumpClock(tmp_path / "clock.json")
    clock.jump_to(datetime(2035, 6, 1, 23, 52, tzinfo=UTC))
    return clock


def test_ticks_come_in_order_with_the_digest_at_seven_in_tangerang() -> None:
    after = datetime(2026, 11, 23, 17, tzinfo=UTC)
    due = list(ticks(TOPOLOGY, after, after + timedelta(days=1)))
    assert len(due) == 12 * 24 + 1
    assert due == sorted(due, key=lambda tick: tick[0])
    assert [at for at, name in due if name == "morning_digest"] == [datetime(2026, 11, 24, tzinfo=UTC)]


def test_a_tick_due_just_then_runs_and_the_one_before_does_not_run_again() -> None:
    at = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
    assert list(ticks(TOPOLOGY, at, at + timedelta(minutes=5))) == [(at + timedelta(minutes=5), "sweep")]


def test_moving_the_clock_stops_at_every_tick(clock: JumpClock) -> None:
    diary = Diary(clock)
    count = diary.scheduler().run_until(datetime(2035, 6, 2, 0, 6, tzinfo=UTC), clock)
    assert diary.ran == [
        ("sweep", datetime(2035, 6, 1, 23, 55, tzinfo=UTC)),
        ("sweep", datetime(2035, 6, 2, 0, 0, tzinfo=UTC)),
        ("morning_digest", datetime(2035, 6, 2, 0, 0, tzinfo=UTC)),
        ("sweep", datetime(2035, 6, 2, 0, 5, tzinfo=UTC)),
    ]
    assert count == 4
    assert clock.now() >= datetime(2035, 6, 2, 0, 6, tzinfo=UTC)


def test_moving_on_runs_nothing_twice(clock: JumpClock) -> None:
    diary = Diary(clock)
    scheduler = diary.scheduler()
    first = scheduler.run_until(datetime(2035, 6, 1, 23, 55, tzinfo=UTC), clock)
    second = scheduler.run_until(datetime(2035, 6, 1, 23, 59, tzinfo=UTC), clock)
    assert (first, second) == (1, 0)


def test_the_clock_is_never_moved_back(clock: JumpClock) -> None:
    with pytest.raises(ValueError, match="back"):
        Diary(clock).scheduler().run_until(datetime(2035, 6, 1, tzinfo=UTC), clock)


def test_a_tick_that_did_not_work_runs_again_with_the_next(clock: JumpClock) -> None:
    diary = Diary(clock, 204, 204, 503)
    diary.scheduler().run_until(datetime(2035, 6, 2, 0, 11, tzinfo=UTC), clock)
    names = [name for name, _ in diary.ran]
    assert names == ["sweep", "sweep", "morning_digest", "morning_digest", "sweep", "sweep"]


MORNING = datetime(2035, 6, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("alarm", "ran"),
    [
        (None, ["morning_digest", "sweep"]),
        (MORNING + timedelta(days=9), ["morning_digest", "sweep"]),
        (MORNING + timedelta(seconds=1), ["morning_digest", "sweep", "sweep", "sweep"]),
        (MORNING - timedelta(minutes=5), ["sweep", "sweep", "morning_digest", "sweep", "sweep", "sweep"]),
    ],
)
def test_a_jump_passes_over_sweeps_before_the_next_alarm_but_not_the_last(
    clock: JumpClock, alarm: datetime | None, ran: list[str]
) -> None:
    diary = Diary(clock)
    scheduler = Scheduler(TOPOLOGY, clock, diary.tick, lambda seconds: True, lambda: alarm)
    assert scheduler.run_until(MORNING + timedelta(minutes=16), clock) == 6
    assert [name for name, _ in diary.ran] == ran


def test_an_alarm_that_a_tick_sets_is_heard_within_the_same_jump(clock: JumpClock) -> None:
    diary = Diary(clock)

    def set_by_digest() -> datetime | None:
        digested = any(name == "morning_digest" for name, _ in diary.ran)
        return MORNING + timedelta(minutes=5) if digested and len(diary.ran) == 1 else None

    scheduler = Scheduler(TOPOLOGY, clock, diary.tick, lambda seconds: True, set_by_digest)
    scheduler.run_until(MORNING + timedelta(hours=1), clock)
    assert [at.minute for name, at in diary.ran if name == "sweep"] == [5, 0]


def test_a_moment_just_past_is_where_the_clock_is(clock: JumpClock) -> None:
    scheduler = Diary(clock).scheduler()
    assert scheduler.run_until(clock.now() - timedelta(seconds=2), clock) == 0
    assert scheduler.run_until(clock.now(), clock) == 0


def test_it_sweeps_as_soon_as_it_starts(clock: JumpClock) -> None:
    diary = Diary(clock)
    scheduler = diary.scheduler()
    scheduler.start()
    assert scheduler.stop(60)
    assert [name for name, _ in diary.ran] == ["sweep"]
