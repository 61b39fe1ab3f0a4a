"""The rows of a CSV text with the lines they begin on: a cell in quotes may go over several."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator


class TornRow(ValueError):
    """The row that begins on that line cannot be read; the message says why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def numbered_rows(text: str, mark: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line, from 1, and cells, the empty rows too; TornRow."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TornRow(begins, str(error)) from error
