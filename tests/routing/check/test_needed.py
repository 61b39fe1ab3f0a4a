"""What the program names in its own code is what the check asks for."""

from __future__ import annotations
import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routing.given import TABLE
from workflows.domain.offices import DESK, MAYOR, SEKDA
from workflows.routing.check.codes import CATEGORIES, DEPARTMENTS, INSTITUTIONS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
CHECK = ROOT / "workflows" / "routing" / "check"


def spoken() -> Iterator[str]:
    """Every text constant of the program, but for the check itself."""
    for folder in ("workflows", "functions"):
        for path in (ROOT / folder).rglob("*.py"):
            if CHECK not in path.parents:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                yield from (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def test_every_code_that_the_program_names_is_asked_for_by_the_check() -> None:
    words = set(spoken())
    assert words & set(TABLE.departments.departments) - {DESK, SEKDA, MAYOR} <= set(DEPARTMENTS)
    assert words & set(TABLE.institutions) <= set(INSTITUTIONS)


def test_every_category_that_the_router_names_is_asked_for_by_the_check() -> None:
    ordinary = {"rsud", "pasar"}  # also a kind of department, and a word before a name
    assert set(spoken()) & set(TABLE.categories) - ordinary <= set(CATEGORIES)
