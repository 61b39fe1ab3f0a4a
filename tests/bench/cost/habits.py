"""What no run can count, from habits.toml: uses of a city, waits, and what Google's services add."""

from __future__ import annotations
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cost.meter import Call

FILE = Path(__file__).with_name("habits.toml")
WAITED_FOR = {"trips": "store_trip", "messages": "publish", "mails": "mail", "class_a": "bucket", "class_b": "bucket"}
"""What a call counts → whose answer it waits for."""


@dataclass(frozen=True)
class Habits:
    """The tables of the file; volumes: reports a day by name; waits: milliseconds by what is waited for."""

    volumes: dict[str, int]
    city: dict[str, float]
    waits: dict[str, float]
    cloud: dict[str, float]

    def seconds(self, call: Call) -> float:
        """How long a call lasts alone on an instance: its CPU, and what it waits for."""
        waited = sum(call.counted[unit] * self.waits[name] for unit, name in WAITED_FOR.items())
        return call.cpu + waited / 1000


def read_habits(file: Path = FILE) -> Habits:
    """The habits of a file."""
    return Habits(**tomllib.loads(file.read_text("utf-8")))
