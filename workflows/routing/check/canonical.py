"""A file as it is stored: commas, UTF-8, declared columns in order, whatever the spreadsheet made of it."""

from __future__ import annotations

import csv
import io

from workflows.routing.check.sheet import Sheet
from workflows.routing.columns import COLUMNS


def canonical(sheet: Sheet) -> str:
    """The same rows always give the same text, so the same table always has the same version."""
    names = [column.name for column in COLUMNS[sheet.name]]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in sheet.rows)
    return out.getvalue()
