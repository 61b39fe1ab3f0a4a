"""A mail that came in is read."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.edge.answers import empty
from functions.edge.guard import pushed
from functions.edge.push import read_push, required
from functions.services import mail_domain, ports


@functions_framework.http
@pushed
def read_mail(request: Request) -> Response:
    """Reply, bounce or neither. Woken by Pub/Sub; a repeat changes nothing."""
    from workflows.mail.inbound_mail import read

    read(ports(), mail_domain(), required(read_push(request), "mail"))
    return empty(204)
