"""One notice becomes one mail."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import pushed
from functions.edge.push import read_push, required
from functions.services import ports, sending
from workflows.mail.notices import send


@functions_framework.http
@pushed
def send_notice(request: Request) -> Response:
    """One notice becomes one mail. Woken by Pub/Sub; a repeat changes nothing."""
    send(ports(), sending(), required(read_push(request), "notice"))
    return empty(204)
