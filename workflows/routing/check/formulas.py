"""Cells that a spreadsheet would reckon with: an apostrophe makes them text, and is taken off on their return."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_TEXT = "'"


def harmless(cell: str) -> str:
    """As text; also what has an apostrophe there already, so that it comes back whole."""
    return f"{_TEXT}{cell}" if cell.lstrip(_TEXT).startswith(FORMULAS) else cell


def as_written(cell: str) -> str:
    """The inverse."""
    return cell[1:] if cell.startswith(_TEXT) and cell.lstrip(_TEXT).startswith(FORMULAS) else cell
