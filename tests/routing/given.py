"""The table in force and short ways to decide, read once for all tests of routing."""

from __future__ import annotations

import csv
from pathlib import Path

from workflows.routing.decide import decide
from workflows.routing.load import load_table
from workflows.routing.model import Decision, Letter

TABLE = load_table()
LETTERS = Path(__file__).parent / "letters.csv"


def decided(text: str, place: str = "", kelurahan: str | None = None) -> Decision:
    """What the table in force decides."""
    return decide(Letter(text, place, kelurahan), TABLE)


def letters() -> list[dict[str, str]]:
    """Made-up letters with the department each belongs to."""
    with LETTERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
