"""What the bus gave up on is put on record."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import pushed
from functions.edge.push import read_dead_letter
from functions.services import ports
from workflows.clock.dead_letters import record


@functions_framework.http
@pushed
def dead_letter(request: Request) -> Response:
    """One record a message. Woken by Pub/Sub; a repeat changes nothing."""
    record(ports(), *read_dead_letter(request))
    return empty(204)
