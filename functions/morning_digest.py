"""Every morning: a digest for each department and the desk, and the tables of the people above them."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import ticked
from functions.services import ports
from functions.wiring import runtime
from workflows.mail.digest import morning
from workflows.moving.unfinished import require_whole


@functions_framework.http
@ticked
def morning_digest(request: Request) -> Response:
    """Woken by the scheduler at 07.00 WIB; to the desk every day, to others on working days, with news."""
    require_whole(runtime().store)
    morning(ports())
    return empty(204)
