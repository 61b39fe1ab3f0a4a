"""A link that somebody lost is looked up, behind the answer that they had."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import pushed
from functions.edge.push import read_push, required
from functions.services import ports
from workflows.citizen.lost_link import send


@functions_framework.http
@pushed
def send_lost_link(request: Request) -> Response:
    """A letter, a task of the desk, or nothing. Woken by Pub/Sub; a repeat changes nothing."""
    data = read_push(request)
    send(ports(), required(data, "ticket"), data.get("email", ""), data.get("phone", ""))
    return empty(204)
