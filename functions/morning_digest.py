"""Every morning: a digest for each department and the desk, and the tables of the people above them."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import woken
from functions.services import ports
from workflows.digest import morning


@functions_framework.http
@woken
def morning_digest(request: Request) -> Response:
    """Woken by the scheduler at 07.00 WIB; silent on free days, and to whoever has nothing to read."""
    morning(ports())
    return empty(204)
