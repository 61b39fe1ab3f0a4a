"""Every five minutes: wake everything whose alarm has rung, and look into the mailbox where there is one."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import woken
from functions.heartbeat import beat
from functions.services import collect_mail, ports
from functions.wiring import runtime
from workflows import deadlines


@functions_framework.http
@woken
def sweep(request: Request) -> Response:
    """Woken by the scheduler; late, twice or missed once, it does no harm."""
    deadlines.sweep(ports())
    collect_mail()
    beat(runtime().settings.heartbeat_url)
    return empty(204)
