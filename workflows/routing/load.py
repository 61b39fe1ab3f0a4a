"""Reads the routing table's folder: the only I/O of routing."""

from __future__ import annotations

from pathlib import Path

from workflows.routing.build import build_table
from workflows.routing.columns import FILES
from workflows.routing.table import RoutingTable, TableError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "routing"
"""The table that comes with Laksa."""


def load_table(folder: Path = FOLDER) -> RoutingTable:
    """The table of that folder; TableError when a file is missing or cannot be read."""
    return build_table(read_files(folder))


def read_files(folder: Path) -> dict[str, str]:
    """The text of each file of the table; TableError names the one that is not readable UTF-8."""
    texts = {}
    for name in FILES:
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise TableError(f"{name}: {error}") from error
    return texts
