"""The real run: ten lives are counted as the document has them, and its money is that of the command."""

from __future__ import annotations
import re

import pytest

from tests.bench.cost.__main__ import BLOCK, blocks, filled_in, made
from tests.bench.cost.life import OF_TEN
from tests.bench.cost.measured import Measured, measure
from tests.journeys.city import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.whole]

DOC = ROOT / "docs" / "cost.md"
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e-\d+)?")
A_STEP = 0.11
"""Of Cloud Run's rounding, as it is shown."""
REMAKE = "python -m tests.bench.cost docs/cost.md"
TIMES = "times"
"""The one table of seconds: another machine has others."""


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


@pytest.fixture(scope="module")
def tables(measured: Measured) -> dict[str, str]:
    return made(measured)


def numbers(table: str) -> list[float]:
    """All of a table, without those of its names."""
    cells = [cell for line in table.splitlines()[2:] for cell in line.split("|")[2:]]
    return [float(found.replace(",", "")) for cell in cells for found in NUMBER.findall(cell)]


def names(table: str) -> list[str]:
    return [line.split("|")[1].strip() for line in table.splitlines()]


def test_the_document_has_every_table_with_the_command_s_rows(tables: dict[str, str]) -> None:
    written = blocks(DOC.read_text("utf-8"))
    assert {name: names(table)[2:] for name, table in written.items()} == {
        name: names(table)[2:] for name, table in tables.items()
    }


def test_its_figures_are_those_of_the_command(tables: dict[str, str]) -> None:
    for name, written in blocks(DOC.read_text("utf-8")).items():
        if name != TIMES:
            assert numbers(tables[name]) == pytest.approx(numbers(written), rel=0.1, abs=A_STEP), f"{name}: {REMAKE}"


def test_its_times_are_of_the_same_order(tables: dict[str, str]) -> None:
    written = numbers(blocks(DOC.read_text("utf-8"))[TIMES])
    assert all(then / 10 - 1 <= now <= then * 10 + 1 for now, then in zip(numbers(tables[TIMES]), written, strict=True))


def test_a_life_leaves_its_traces_and_every_kind_of_function_was_called(measured: Measured) -> None:
    called = {call.function for call in measured.calls}
    assert {"complaint_form", "route_complaint", "send_notice", "case_page", "desk_page", "complaint_page"} < called
    assert {"check_deadline", "sweep"} < called
    mails = sum(call.counted["mails"] for call in measured.calls)
    assert mails > 4 * OF_TEN
    assert 0 < measured.kept < measured.indexed


def test_tables_go_between_their_markers_and_nowhere_else() -> None:
    text = "before\n<!-- cost: left -->\n| old |\n<!-- end -->\n<!-- cost: parts -->\n<!-- end -->\nafter\n"
    filled = filled_in(text, {"left": "| new |", "parts": "| a |\n| b |"})
    assert blocks(filled) == {"left": "| new |", "parts": "| a |\n| b |"}
    assert BLOCK.sub("", filled) == BLOCK.sub("", text) == "before\n\n\nafter\n"
