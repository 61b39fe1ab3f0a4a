"""The desk's monthly summary, as a file for a spreadsheet."""

from __future__ import annotations

import re

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.app.spreadsheets import csv_text
from functions.web.factories import context
from functions.web.middleware import http_endpoint
from functions.web.responses import download
from workflows.desk.board import parse_link
from workflows.domain.deadlines.calendar import local_day
from workflows.errors import FieldError, InvalidInput
from workflows.records.monthly_summary import monthly_summary
from workflows.routing.check.sheet import harmless

YEAR = "tahun"


@functions_framework.http
@http_endpoint("/papan/<token>/rekap.csv", methods=("GET", "HEAD"))
def desk_summary(request: Request, token: str) -> Response:
    """A row for each department and month, and a total; `?tahun=2026` for one year. InvalidInput."""
    from functions.views.desk.summary import summary_rows

    at = services()
    parse_link(at, token)
    year = _year(request.args.get(YEAR, "").strip())
    name = f"rekap-laksa-{year or 'semua'}-{local_day(at.clock.now()):%Y%m%d}.csv"
    if request.method == "HEAD":
        return download(b"", name)
    rows = summary_rows(context(), monthly_summary(at.store, at.policy.calendar(), year))
    return download(csv_text([harmless(cell) for cell in row] for row in rows).encode(), name)


def _year(typed: str) -> int | None:
    """None for all years."""
    if not typed:
        return None
    if not re.fullmatch(r"2[0-9]{3}", typed):
        raise InvalidInput([FieldError(YEAR, "bad_year")])
    return int(typed)
