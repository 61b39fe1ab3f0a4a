"""Public holidays and cuti bersama of Indonesia: from the library, or as the bundle has written them down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

WRITTEN = Path(__file__).parents[1] / "data" / "compiled" / "holidays.json"
"""Only a bundle has it: the library loads every country of the world to know one."""
YEARS = range(2024, 2041)
"""Those that a bundle writes down; for any other the library is asked."""
_ALL, _LEAVE = ("public", "government"), ("government",)


@cache
def national_holidays(year: int) -> Mapping[date, str]:
    """Public holidays and cuti bersama with their Indonesian names."""
    written = _written().get(str(year))
    if written is None:
        return _ask(year, _ALL)
    return {date.fromisoformat(day): name for day, name in written["days"].items()}


@cache
def has_collective_leave(year: int) -> bool:
    """Whether any cuti bersama of that year is known."""
    written = _written().get(str(year))
    return bool(_ask(year, _LEAVE) if written is None else written["leave"])


def write_holidays() -> str:
    """The holidays of YEARS as the library knows them now, as JSON."""
    return json.dumps({str(year): _known(year) for year in YEARS}, ensure_ascii=False)


def _known(year: int) -> dict[str, Any]:
    days = {day.isoformat(): name for day, name in sorted(_ask(year, _ALL).items())}
    return {"days": days, "leave": bool(_ask(year, _LEAVE))}


@cache
def _written() -> Mapping[str, Mapping[str, Any]]:
    """By year; nothing where there is no bundle."""
    if not WRITTEN.is_file():
        return {}
    written: dict[str, dict[str, Any]] = json.loads(WRITTEN.read_text("utf-8"))
    return written


def _ask(year: int, categories: tuple[str, ...]) -> dict[date, str]:
    import holidays

    return dict(holidays.country_holidays("ID", years=year, categories=categories, language="id"))
