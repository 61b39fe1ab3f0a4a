"""What time has made due on one complaint."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import pushed
from functions.edge.push import read_push, required
from functions.services import ports
from workflows.clock.deadlines import check


@functions_framework.http
@pushed
def check_deadline(request: Request) -> Response:
    """What time has made due on one complaint. Woken by Pub/Sub; a repeat changes nothing."""
    check(ports(), required(read_push(request), "ticket"))
    return empty(204)
