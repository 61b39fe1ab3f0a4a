"""Writes the report's files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workflows.training.cross import Decided
from workflows.training.measures.worst import worst
from workflows.training.report.letters import in_file
from workflows.training.report.pictures import CALIBRATION, COVERAGE, draw
from workflows.training.report.section import Section, in_markdown

NAME = "report.md"


def write(folder: Path, heading: str, found: Sequence[Section], decided: Sequence[Decided]) -> Path:
    """`report.md` with both pictures beside it; no letter's words are in any of them."""
    folder.mkdir(parents=True, exist_ok=True)
    draw(decided, folder)
    pictures = f"![Calibration]({CALIBRATION})\n\n![Coverage and precision]({COVERAGE})"
    parts = [
        f"# Routing, measured\n\n{heading}",
        *map(in_markdown, found),
        pictures,
        in_markdown(in_file(worst(decided))),
    ]
    path = folder / NAME
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path
