"""Every five minutes: wake everything whose alarm has rung."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import woken
from functions.services import ports
from workflows import deadlines


@functions_framework.http
@woken
def sweep(request: Request) -> Response:
    """Woken by the scheduler; late, twice or missed once, it does no harm."""
    deadlines.sweep(ports())
    return empty(204)
