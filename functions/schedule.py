"""The functions that the scheduler wakes. Every five minutes: wake everything whose alarm is due, fetch mail,
erase what is due. Every morning: digests for departments and the desk, and executive reports. Each function imports
its workflow when it is called: a process serves one of them and loads no other's.
"""

from __future__ import annotations
import logging

import functions_framework
from flask import Request, Response

from functions.app.container import container, services
from functions.app.jobs import collect_mail, erase_due, send_heartbeat
from functions.web.middleware import empty, scheduled_endpoint
from workflows.migration.import_guard import require_whole

log = logging.getLogger("laksa")


@functions_framework.http
@scheduled_endpoint
def sweep(request: Request) -> Response:
    """Woken by the scheduler; late, twice or missed once, it does no harm."""
    from workflows.citizen import staged_photos
    from workflows.clock import deadlines

    require_whole(container().store)
    deadlines.sweep(services())
    collect_mail()
    erase_due()
    staged_photos.forget_due(services())
    send_heartbeat(container().settings.heartbeat_url)
    log.info("swept")
    return empty(204)


@functions_framework.http
@scheduled_endpoint
def morning_digest(request: Request) -> Response:
    """Woken by the scheduler at 07.00 WIB; to the desk every day, to others on working days, with news."""
    from workflows.mail.morning import queue_morning_digests

    require_whole(container().store)
    queue_morning_digests(services())
    return empty(204)
