"""Every morning: the daily tables of the people above the departments."""

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
    """Woken by the scheduler at 07.00 WIB; silent on free days and when nothing is on a table."""
    morning(ports())
    return empty(204)
