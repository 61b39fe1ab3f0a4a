"""A piece of the report: a table with a title and a sentence, for the terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """rows: cells as they are printed, one for each name of `header`."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def section(title: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]], note: str = "") -> Section:
    """A section of whatever can be printed."""
    return Section(title, header, tuple(tuple(map(str, row)) for row in rows), note)


def in_columns(part: Section) -> str:
    """For the terminal: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(part.header, *part.rows, strict=True)]
    lines = [_aligned(row, widths) for row in (part.header, *part.rows)]
    return "\n".join(filter(None, [f"\n{part.title}", part.note, *lines]))


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [
        row[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
    ]
    return "  ".join(cells).rstrip()


def in_markdown(part: Section) -> str:
    """For a file."""
    rule = "|".join(["---", *["---:"] * (len(part.header) - 1)])
    lines = [f"| {' | '.join(row)} |" for row in part.rows]
    table = "\n".join([f"| {' | '.join(part.header)} |", f"|{rule}|", *lines])
    return "\n\n".join(filter(None, [f"## {part.title}", part.note, table]))
