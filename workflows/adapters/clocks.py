"""Clocks: that of the system, and one that can be moved ahead while nothing is real."""

from __future__ import annotations
import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflows.ports import Clock


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class JumpClock:
    """Real time plus an offset kept in a file: it jumps ahead, runs on from there and survives a restart.
    ValueError when the file is invalid: to ignore it would mean to go back in time.
    """

    def __init__(self, path: Path, base: Clock | None = None) -> None:
        self._path = path
        self._base = base or SystemClock()
        self._lock = threading.Lock()
        self._ahead = _read(path)

    def now(self) -> datetime:
        """The present moment of this clock, in UTC."""
        return self._base.now() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far it has been moved."""
        return self._ahead

    def jump_to(self, at: datetime) -> None:
        """Continue from `at`. ValueError, and no change, when `at` is in the past or has no time zone."""
        if at.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        with self._lock:
            step = at - self.now()
            if step < timedelta(0):
                raise ValueError(f"the clock never goes back: it is later than {at.isoformat()}")
            self._move(self._ahead + step)

    def be_ahead(self, ahead: timedelta) -> None:
        """Be at least so far ahead, to the microsecond; no change if it is already."""
        with self._lock:
            if ahead > self._ahead:
                self._move(ahead)

    def _move(self, ahead: timedelta) -> None:
        _write(self._path, ahead)
        self._ahead = ahead


def _read(path: Path) -> timedelta:
    if not path.exists():
        return timedelta(0)
    try:
        return timedelta(microseconds=int(json.loads(path.read_text(encoding="utf-8"))["ahead_microseconds"]))
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise ValueError(f"{path} is no clock file") from error


def _write(path: Path, ahead: timedelta) -> None:
    """Replace the file atomically, without fsync: a movable clock is only used for trials."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False, encoding="utf-8") as file:
        json.dump({"ahead_microseconds": ahead // timedelta(microseconds=1)}, file)
    Path(file.name).replace(path)
