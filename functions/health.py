"""Is Laksa well? Asks the store, tells when the sweep last ran and which years the calendar only guesses."""

from __future__ import annotations

from datetime import timedelta

import functions_framework
from flask import Request, Response

from functions.edge.answers import as_json
from functions.edge.guard import page
from functions.views.words import iso
from functions.wiring import runtime
from workflows.deadlines import last_sweep
from workflows.errors import Retryable
from workflows.stuck import undecreed

LATE = timedelta(minutes=20)
"""Four sweeps missed in a row: the scheduler does not run."""


@functions_framework.http
@page("/sehat", "/healthz", methods=("GET", "HEAD"))
def health(request: Request) -> Response:
    """200 while the store answers and the sweep runs, else 503; before the first sweep all is well."""
    rt = runtime()
    try:
        swept = last_sweep(rt.store)
    except Retryable:
        return as_json({"status": "store does not answer"}, 503)
    now = rt.clock.now()
    late = swept is not None and now - swept > LATE
    facts = {"last_sweep": iso(swept), "undecreed_years": list(undecreed(rt.policy, now))}
    return as_json({"status": "late" if late else "ok", **facts}, 503 if late else 200)
