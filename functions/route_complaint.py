"""A received complaint gets its department."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import pushed
from functions.edge.push import read_push, required
from functions.services import ports
from functions.wiring import runtime
from workflows.routing.step import route


@functions_framework.http
@pushed
def route_complaint(request: Request) -> Response:
    """A received complaint gets its department. Woken by Pub/Sub; a repeat changes nothing."""
    route(ports(), required(read_push(request), "ticket"), runtime().table)
    return empty(204)
