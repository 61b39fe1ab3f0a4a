"""Reads data files: the policy (once; a mistake is reported by file, line and field, and stops the start), the
canned answers (a mistake never keeps an officer from a page), and the national days, from the bundle or from the
library.
"""

from __future__ import annotations
import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workflows.domain.deadlines.city_days import NationalYear

if TYPE_CHECKING:
    from workflows.domain.canned import Canned
    from workflows.domain.deadlines.policy import Policy
    from workflows.domain.privacy.retention import Retention

log = logging.getLogger("laksa")


T = TypeVar("T")
_STEP = r"([A-Za-z_]\w*)(?:\[(\d+)\])?"


class PolicyError(ValueError):
    """Message such as `policy.toml:12: categories.pju_mati.answer_days: must be 1 or more`, with a line also for
    invalid TOML.
    """


def load_policy(path: Path) -> Policy:
    """The rules in a UTF-8 file, with the national days; PolicyError."""
    pass
    from workflows.domain.deadlines.policy import read_policy

    return _read(path, lambda text: read_policy(text, national_year))


def load_retention(path: Path) -> Retention:
    """How long personal data is kept, without the rest of the file; PolicyError."""
    from workflows.domain.privacy.retention import read_retention
    from workflows.domain.toml_table import Table

    return _read(path, lambda text: read_retention(Table.parse(text).table("retention")))


def _read(path: Path, read: Callable[[str], T]) -> T:
    text = path.read_text("utf-8")
    try:
        return read(text)
    except ValueError as error:
        field = str(error).partition(":")[0]
        line = f":{line_of(text, field)}" if re.fullmatch(r"[\w.\[\]]+", field) else ""
        raise PolicyError(f"{path.name}{line}: {error}") from error


def line_of(text: str, field: str) -> int:
    """The line of a field such as `ladders[1].rungs[2].at.share`, or of the nearest enclosing table."""
    lines, at = text.splitlines(), 0
    for name, number in re.findall(_STEP, field):
        found = _find(lines, at, name, int(number or 1))
        at = at if found is None else found
    return at + 1


def _find(lines: list[str], start: int, name: str, number: int) -> int | None:
    """The line of the n-th table of that name, else of the key, or of its n-th entry in a list of tables."""
    heads = [n for n, line in enumerate(lines) if re.match(rf"\[+(?:[\w.]+\.)?{name}\]", line)]
    if len(heads) >= number and heads[number - 1] >= start:
        return heads[number - 1]
    key = next((n for n in range(start, len(lines)) if re.search(rf"(?<![\w-]){name}\s*=", lines[n])), None)
    if key is None or not lines[key].rstrip().endswith("["):
        return key
    entries = [n for n in range(key, len(lines)) if lines[n].lstrip().startswith("{")]
    return entries[number - 1] if len(entries) >= number else key


def read_answers(path: Path) -> tuple[Canned, ...]:
    """The answers in a UTF-8 file; () and a log line when the file is invalid."""
    from workflows.domain.canned import read_canned

    try:
        return read_canned(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        log.error("canned answers cannot be used", extra={"error": f"{path.name}: {error}"})
        return ()


WRITTEN = Path(__file__).parents[2] / "workflows" / "data" / "compiled" / "holidays.json"
"""Only a bundle contains it: the library loads every country of the world to know one."""


@cache
def national_year(year: int) -> NationalYear:
    """A year's national days; the library is asked for years that the bundle lacks."""
    written = _written().get(str(year))
    if written is None:
        return ask_library(year)
    return NationalYear({date.fromisoformat(day): name for day, name in written["days"].items()}, written["leave"])


def ask_library(year: int) -> NationalYear:
    """A year's national days as the library knows them now."""
    return NationalYear(_ask(year, "public", "government"), bool(_ask(year, "government")))


@cache
def _written() -> Mapping[str, Mapping[str, Any]]:
    """The national days by year; empty without a bundle."""
    if not WRITTEN.is_file():
        return {}
    written: dict[str, dict[str, Any]] = json.loads(WRITTEN.read_text("utf-8"))
    return written


def _ask(year: int, *categories: str) -> dict[date, str]:
    import holidays

    return dict(holidays.country_holidays("ID", years=year, categories=categories, language="id"))
