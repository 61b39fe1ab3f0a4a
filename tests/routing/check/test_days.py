"""holidays.csv: each day once, each with an effect; a year is told when its cuti bersama first come."""

from __future__ import annotations

import pytest

from tests.routing.check.small import SMALL, check_small
from tests.sentences import sentences

pytestmark = pytest.mark.slow

HEAD = "date,kind,name\n"
LEAVE = "2028-12-26,cuti_bersama,Natal\n"


def told(rows: str, base: str = HEAD) -> list[tuple[str, bool]]:
    """Each finding without its file, and whether it is a warning."""
    checked = check_small({"holidays.csv": (HEAD + rows).encode()}, SMALL | {"holidays.csv": base})
    return [(str(f).removeprefix("holidays.csv:"), f.warning) for f in checked.findings]


@pytest.mark.parametrize(("rows", "message"), sentences("days", "a_mistake_is_named_with_its"))
def test_a_mistake_is_named_with_its_cell(rows: str, message: str) -> None:
    ((found, warning),) = told(rows)
    assert found.startswith(message) and not warning


@pytest.mark.parametrize(("rows", "message"), sentences("days", "a_day_without_effect_is_told"))
def test_a_day_without_effect_is_told(rows: str, message: str) -> None:
    ((found, warning),) = told(rows)
    assert message in found and warning


def test_a_year_is_told_once_when_its_cuti_bersama_come() -> None:
    ((found, warning),) = told(LEAVE)
    assert "cuti bersama 2028: 1 hari; dengan ini tahun 2028 dianggap lengkap" in found and warning
    assert told(LEAVE, HEAD + LEAVE) == []


def test_a_year_that_the_library_knows_is_not_told() -> None:
    assert told("2026-12-28,cuti_bersama,Tambahan\n") == []
