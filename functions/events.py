"""A received complaint gets its department.

One notice becomes one mail.

What time has made due on one complaint.

What the bus gave up on is put on record.

A mail that came in is read.

A link that somebody lost is looked up, behind the answer that they had.
"""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.app.container import ports, runtime
from functions.web.factories import mail_domain, sending
from functions.web.middleware import pushed, read_dead_letter, read_push, required
from functions.web.responses import empty
from workflows.citizen.lost_link import send_lost_link_mail
from workflows.clock.deadlines import check
from workflows.mail.send_notice import send
from workflows.records.dead_letters import record
from workflows.routing.route_complaint import route


@functions_framework.http
@pushed
def route_complaint(request: Request) -> Response:
    """A received complaint gets its department. Woken by Pub/Sub; a repeat changes nothing."""
    route(ports(), required(read_push(request), "ticket"), runtime().table)
    return empty(204)


@functions_framework.http
@pushed
def send_notice(request: Request) -> Response:
    """One notice becomes one mail. Woken by Pub/Sub; a repeat changes nothing."""
    send(ports(), sending(), required(read_push(request), "notice"))
    return empty(204)


@functions_framework.http
@pushed
def check_deadline(request: Request) -> Response:
    """What time has made due on one complaint. Woken by Pub/Sub; a repeat changes nothing."""
    check(ports(), required(read_push(request), "ticket"))
    return empty(204)


@functions_framework.http
@pushed
def dead_letter(request: Request) -> Response:
    """One record a message. Woken by Pub/Sub; a repeat changes nothing."""
    record(ports(), *read_dead_letter(request))
    return empty(204)


@functions_framework.http
@pushed
def read_mail(request: Request) -> Response:
    """Reply, bounce or neither. Woken by Pub/Sub; a repeat changes nothing."""
    from workflows.mail.inbound_mail import read

    read(ports(), mail_domain(), required(read_push(request), "mail"))
    return empty(204)


@functions_framework.http
@pushed
def send_lost_link(request: Request) -> Response:
    """A letter, a task of the desk, or nothing. Woken by Pub/Sub; a repeat changes nothing."""
    data = read_push(request)
    send_lost_link_mail(ports(), required(data, "ticket"), data.get("email", ""), data.get("phone", ""))
    return empty(204)
