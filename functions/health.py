"""Is Laksa well? Asks the store, and tells when the sweep last ran."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import as_json
from functions.edge.guard import page
from functions.services import ports
from functions.views.words import iso
from workflows.deadlines import last_sweep
from workflows.errors import Retryable


@functions_framework.http
@page("/sehat", "/healthz", methods=("GET", "HEAD"))
def health(request: Request) -> Response:
    """200 when the store answers, 503 when it does not."""
    try:
        swept = last_sweep(ports().store)
    except Retryable:
        return as_json({"status": "store does not answer"}, 503)
    return as_json({"status": "ok", "last_sweep": iso(swept)})
