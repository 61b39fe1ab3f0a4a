"""The national days as the bundle has written them down, or as the library knows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from workflows.domain.national_days import NationalYear

WRITTEN = Path(__file__).parents[1] / "workflows" / "data" / "compiled" / "holidays.json"
"""Only a bundle has it: the library loads every country of the world to know one."""


@cache
def national_year(year: int) -> NationalYear:
    """A year's national days; the library is asked for one that is not written down."""
    written = _written().get(str(year))
    if written is None:
        return ask_library(year)
    return NationalYear({date.fromisoformat(day): name for day, name in written["days"].items()}, written["leave"])


def ask_library(year: int) -> NationalYear:
    """The same as the library knows them now."""
    return NationalYear(_ask(year, "public", "government"), bool(_ask(year, "government")))


@cache
def _written() -> Mapping[str, Mapping[str, Any]]:
    """By year; nothing where there is no bundle."""
    if not WRITTEN.is_file():
        return {}
    written: dict[str, dict[str, Any]] = json.loads(WRITTEN.read_text("utf-8"))
    return written


def _ask(year: int, *categories: str) -> dict[date, str]:
    import holidays

    return dict(holidays.country_holidays("ID", years=year, categories=categories, language="id"))
