"""The lines for the desk, the Sekda and the mayor that the board's page and the documentation show are sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from functions.app.data_files import national_year
from functions.views.desk.table_pages import PURPOSES
from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.routing.check.check import check
from workflows.routing.load import FOLDER, load_judge, read_files

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)
NAME = "departments.csv"


def errors(*lines: str) -> tuple[str, ...]:
    text = FILES[NAME] + "".join(f"{line}\n" for line in lines)
    return tuple(map(str, check({NAME: text.encode()}, FILES, load_judge(), WorkCalendar(national_year)).errors))


def test_the_documented_lines_can_be_used() -> None:
    text = Path("docs/extending.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    ((?:DESK|SEKDA|WALIKOTA),.*)$", text, re.MULTILINE)
    assert len(lines) == 3 and errors(*lines) == ()


def test_the_example_on_the_page_can_be_used() -> None:
    (line,) = re.findall(r"SEKDA;\S+(?: \S+?)*;{4}", PURPOSES[NAME])
    assert errors(line.replace(";", ",")) == ()
