"""A sound table with few phrases and the tests' own offices, so that every check of it is quick."""

from __future__ import annotations
from collections import Counter

from functions.app.data_files import national_year
from tests.builders import DATA
from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.routing.check.check import Checked, check
from workflows.routing.load import FOLDER, load_judge, read_files

WHOLE = read_files(FOLDER)
SHORT = {"accusations.csv": 40, "danger.csv": 20, "roads.csv": 4}
PHRASES_EACH = 3


def _small() -> dict[str, str]:
    cut = {name: "".join(WHOLE[name].splitlines(keepends=True)[:lines]) for name, lines in SHORT.items()}
    own = {name: (DATA / "routing" / name).read_text("utf-8") for name in ("departments.csv", "units.csv")}
    return WHOLE | own | cut | {"phrases.csv": _few_phrases()}


def _few_phrases() -> str:
    head, *rows = WHOLE["phrases.csv"].splitlines(keepends=True)
    seen: Counter[str] = Counter()
    kept = []
    for row in rows:
        category = row.split(",")[0]
        seen[category] += 1
        if seen[category] <= PHRASES_EACH:
            kept.append(row)
    return head + "".join(kept)


SMALL = _small()


def lines(name: str) -> int:
    """How many lines the small table's file has."""
    return SMALL[name].count("\n")


def check_small(given: dict[str, bytes], base: dict[str, str] = SMALL) -> Checked:
    """The check of these files on top of the small table, or another."""
    return check(given, base, load_judge(), WorkCalendar(national_year))


def with_line(name: str, line: str) -> Checked:
    """The small table with one more line at the end of a file."""
    return check_small({name: f"{SMALL[name]}{line}\n".encode()})


def with_words(name: str, old: str, new: str) -> Checked:
    """The small table with words of a file replaced, once."""
    assert old in SMALL[name]
    return check_small({name: SMALL[name].replace(old, new, 1).encode()})


def told(checked: Checked) -> list[str]:
    """Every mistake as it is printed."""
    return [str(finding) for finding in checked.findings]
