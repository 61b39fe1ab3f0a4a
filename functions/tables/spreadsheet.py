"""CSV as Excel in Indonesia opens it by a double click.

Semicolons and a BOM: where the comma is the decimal mark, Excel reads a file with commas as one column, and one
without a BOM with broken letters. LibreOffice and Google read both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from workflows.routing.check.formulas import harmless

SEPARATOR = ";"
BOM = "\ufeff"


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows as a file's text."""
    out = io.StringIO()
    csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue()


def for_excel(text: str) -> str:
    """A CSV with commas, cell by cell, each as text."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return csv_text([harmless(cell) for cell in row] for row in rows)
