"""What lies in a data folder has its name in one place, and is in a backup or left out of it on purpose."""

from __future__ import annotations
import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.app import data_folder
from functions.app.data_folder import FILES, FOLDERS, IN_BACKUP, NOT_IN_BACKUP

ROOT = Path(__file__).parents[2]
SOURCES = sorted({*(ROOT / "cli").rglob("*.py"), *(ROOT / "functions").rglob("*.py"), *(ROOT / "infra").rglob("*.py")})
NAMES = {*IN_BACKUP, *NOT_IN_BACKUP} - {*FOLDERS}
HOLDERS = ("folder", "data")
"""What a data folder is called where something is joined to it."""


def test_every_name_is_in_a_backup_or_left_out_of_it() -> None:
    declared = _declared()
    assert len(declared) > 10
    assert sorted([*IN_BACKUP, *NOT_IN_BACKUP]) == sorted(declared)
    assert {*FILES, *FOLDERS} < set(IN_BACKUP)


def _declared() -> list[str]:
    """The value of every name that data_folder gives to one thing."""
    values = [value for name, value in vars(data_folder).items() if name.isupper()]
    return [value for value in values if isinstance(value, str)]


def test_nobody_else_names_what_lies_there() -> None:
    found = {source: list(_names_said(ast.parse(source.read_text("utf-8")))) for source in SOURCES}
    assert {*found.pop(Path(data_folder.__file__))} == NAMES
    assert {str(source.relative_to(ROOT)): names for source, names in found.items() if names} == {}


@pytest.mark.parametrize("said", ['rt.folder / "new.json"', 'settings.data / f"{day}.csv"', 'Path("laksa.db")'])
def test_a_name_of_ones_own_is_found(said: str) -> None:
    assert len(list(_names_said(ast.parse(said)))) == 1


def _names_said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in NAMES:
            yield str(node.value)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_data(node.left):
            yield from (str(word.value) for word in ast.walk(node.right) if isinstance(word, ast.Constant))


def _is_data(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in HOLDERS
