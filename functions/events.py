"""The functions that Pub/Sub wakes with one message each. A repeated message changes nothing. Each function
imports its workflow when it is called: a process serves one of them and loads no other's.
"""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.web.middleware import empty, pubsub_endpoint, read_dead_letter, read_push, require_field


@functions_framework.http
@pubsub_endpoint
def route_complaint(request: Request) -> Response:
    """A received complaint gets its department."""
    from functions.app.container import container
    from workflows.routing.route_complaint import route

    route(services(), require_field(read_push(request), "ticket"), container().table)
    return empty(204)


@functions_framework.http
@pubsub_endpoint
def send_notice(request: Request) -> Response:
    """One notice becomes one mail."""
    from functions.web.factories import sending
    from workflows.mail.send_notice import send_notice as send

    send(services(), sending(), require_field(read_push(request), "notice"))
    return empty(204)


@functions_framework.http
@pubsub_endpoint
def check_deadline(request: Request) -> Response:
    """What time has made due on one complaint is carried out."""
    from workflows.clock.deadlines import check

    check(services(), require_field(read_push(request), "ticket"))
    return empty(204)


@functions_framework.http
@pubsub_endpoint
def dead_letter(request: Request) -> Response:
    """A message that the bus gave up on gets a record_dead_letter."""
    from workflows.records.queries import record_dead_letter

    record_dead_letter(services(), *read_dead_letter(request))
    return empty(204)


@functions_framework.http
@pubsub_endpoint
def read_mail(request: Request) -> Response:
    """A stored mail is read as a reply, a bounce or neither."""
    from functions.web.factories import mail_domain
    from workflows.mail.inbound_mail import read_inbound_mail

    read_inbound_mail(services(), mail_domain(), require_field(read_push(request), "mail"))
    return empty(204)


@functions_framework.http
@pubsub_endpoint
def send_lost_link(request: Request) -> Response:
    """A lost link is looked up, after the page has answered: a mail, a phone task of the desk, or nothing."""
    from workflows.citizen.lost_link import send_lost_link_mail

    data = read_push(request)
    send_lost_link_mail(services(), require_field(data, "ticket"), data.get("email", ""), data.get("phone", ""))
    return empty(204)
