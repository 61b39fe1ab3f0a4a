"""What a clock keeps: aware, in UTC, never back; and what the one that jumps keeps besides."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workflows.adapters.clocks import JumpClock, SystemClock
from workflows.domain.deadlines.calendar import WIB
from workflows.ports import Clock

DAY = timedelta(days=1)


class StandingClock:
    """Stands where it is put, so that seconds can be counted."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@pytest.mark.parametrize("make", [lambda _: SystemClock(), JumpClock])
def test_a_clock_tells_the_moment_in_utc_and_runs_forward(make: Callable[[Path], Clock], tmp_path: Path) -> None:
    clock = make(tmp_path / "clock.json")
    moments = [clock.now() for _ in range(100)]
    assert moments == sorted(moments)
    assert moments[0].tzinfo is UTC
    assert abs(moments[0] - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_jump_lands_on_the_moment_and_the_clock_runs_on(tmp_path: Path) -> None:
    base = StandingClock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    clock = JumpClock(tmp_path / "data" / "clock.json", base)
    clock.jump_to(datetime(2026, 12, 28, 8, tzinfo=WIB))
    assert clock.now() == datetime(2026, 12, 28, 1, tzinfo=UTC)
    base.at += timedelta(seconds=5)
    assert clock.now() == datetime(2026, 12, 28, 1, 0, 5, tzinfo=UTC)


def test_jumps_add_up_and_survive_a_restart(tmp_path: Path) -> None:
    path, base = tmp_path / "clock.json", StandingClock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    clock = JumpClock(path, base)
    clock.jump_to(base.at + DAY)
    clock.jump_to(base.at + 30 * DAY + timedelta(microseconds=1))
    assert JumpClock(path, base).now() == base.at + 30 * DAY + timedelta(microseconds=1)
    assert [p.name for p in tmp_path.iterdir()] == ["clock.json"]


def test_a_clock_never_goes_back(tmp_path: Path) -> None:
    path, base = tmp_path / "clock.json", StandingClock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    clock = JumpClock(path, base)
    clock.jump_to(base.at + DAY)
    with pytest.raises(ValueError, match="never goes back"):
        clock.jump_to(base.at + DAY - timedelta(microseconds=1))
    with pytest.raises(ValueError, match="time zone"):
        clock.jump_to(datetime(2027, 1, 1))
    assert clock.now() == JumpClock(path, base).now() == base.at + DAY


def test_a_jump_to_now_changes_nothing(tmp_path: Path) -> None:
    base = StandingClock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    clock = JumpClock(tmp_path / "clock.json", base)
    clock.jump_to(base.at)
    assert clock.now() == base.at


def test_it_can_be_told_how_far_ahead_to_be_at_least(tmp_path: Path) -> None:
    path, base = tmp_path / "clock.json", StandingClock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    clock = JumpClock(path, base)
    clock.be_ahead(DAY)
    clock.be_ahead(DAY - timedelta(microseconds=1))
    assert clock.ahead == JumpClock(path, base).ahead == DAY


def test_a_jump_that_cannot_be_kept_does_not_happen(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    clock = JumpClock(tmp_path / "file" / "clock.json", StandingClock(datetime(2026, 11, 24, tzinfo=UTC)))
    with pytest.raises(OSError):
        clock.jump_to(datetime(2026, 11, 25, tzinfo=UTC))
    assert clock.now() == datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"ahead_microseconds": "soon"}', '{"ahead_micro'])
def test_a_file_that_is_no_clock_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clock.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"clock\.json is no clock file"):
        JumpClock(path)


def test_of_many_jumps_at_once_the_furthest_stands(tmp_path: Path) -> None:
    path, base = tmp_path / "clock.json", StandingClock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    clock = JumpClock(path, base)
    together = threading.Barrier(8)

    def jump(days: int) -> None:
        together.wait()
        try:
            clock.jump_to(base.at + days * DAY)
        except ValueError:
            return  # another was further already

    threads = [threading.Thread(target=jump, args=(days,)) for days in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now() == JumpClock(path, base).now() == base.at + 8 * DAY
