"""Health check: whether the store answers, when the sweep last ran, and which years the calendar guesses."""

from __future__ import annotations
import logging
from datetime import timedelta
from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import container
from functions.app.logging import cause_of
from functions.views.shared.rendering import iso
from functions.web.http import as_json
from functions.web.middleware import http_endpoint
from workflows.clock.deadlines import last_sweep
from workflows.clock.stuck import undecreed
from workflows.failures import Retryable

log = logging.getLogger("laksa")
LATE = timedelta(minutes=20)
"""Four sweeps missed in a row: the scheduler does not run."""


@functions_framework.http
@http_endpoint("/sehat", "/healthz", methods=("GET", "HEAD"))
def health(request: Request) -> Response:
    """200 while the store answers and accepts writes, else 503; the body names what else needs attention."""
    rt = container()
    try:
        swept = last_sweep(rt.store)
    except Retryable as error:
        log.error("store does not answer", extra={"error": type(error).__name__, "cause": cause_of(error)})
        return as_json({"status": "store does not answer"}, 503)
    if not rt.has_room:
        log.error("disk is full")
        return as_json({"status": "disk is full"}, 503)
    now = rt.clock.now()
    facts: dict[str, Any] = {"status": "ok", "last_sweep": iso(swept)}
    if swept is not None and now - swept > LATE:
        facts["sweep_late"] = True
    if years := undecreed(rt.policy, now):
        facts["undecreed_years"] = list(years)
    return as_json(facts)
