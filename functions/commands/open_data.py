"""`laksa export`: the city's reports as open data, newest first, as CSV or a JSON object a line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator


def export_open_data(as_json: bool) -> int:
    """Print it; on stderr how many rows there are, and how many reports are in none."""
    from workflows.domain.open_data import COLUMNS

    counted = {"open": 0, "left out": 0}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if not as_json:
        writer.writerow(COLUMNS)
    for row in _rows(counted):
        if as_json:
            sys.stdout.write(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n")
        else:
            writer.writerow(row)
    sys.stderr.write(f"laksa: {counted['open']} reports, {counted['left out']} restricted or held back left out\n")
    return 0


def _rows(counted: dict[str, int]) -> Iterator[tuple[str, ...]]:
    from functions.wiring import runtime
    from workflows.domain.open_data import FIELDS, is_open, open_row
    from workflows.records.every_complaint import every_page
    from workflows.records.monthly_summary import leads_of

    rt = runtime()
    areas = rt.labels.kelurahan
    for page in every_page(rt.store, (), FIELDS):
        leads = leads_of(rt.store, page)
        for case in page:
            counted["open" if is_open(case) else "left out"] += 1
            if is_open(case):
                yield open_row(case, leads.get(case.parent), areas.get(case.kelurahan or "", ("", ""))[1])
