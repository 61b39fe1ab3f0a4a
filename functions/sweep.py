"""Every five minutes: wake whatever has an alarm that rang, look into the mailbox, erase what is due to go."""

from __future__ import annotations

import logging

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import ticked
from functions.erasing import erase_due
from functions.heartbeat import beat
from functions.services import collect_mail, ports
from functions.wiring import runtime
from workflows.citizen import kept_photos
from workflows.clock import deadlines
from workflows.moving.unfinished import require_whole

log = logging.getLogger("laksa")


@functions_framework.http
@ticked
def sweep(request: Request) -> Response:
    """Woken by the scheduler; late, twice or missed once, it does no harm."""
    require_whole(runtime().store)
    deadlines.sweep(ports())
    collect_mail()
    erase_due()
    kept_photos.forget_due(ports())
    beat(runtime().settings.heartbeat_url)
    log.info("swept")
    return empty(204)
