"""Receives a raw mail from a mail provider: stored, then answered; it is read afterwards."""

from __future__ import annotations
import hmac

import functions_framework
from flask import Request, Response

from functions.app.container import container, services
from functions.web.http import as_json
from functions.web.middleware import http_endpoint
from workflows.errors import UnreadableBody

REFUSED = {
    401: ("Tidak dikenal", "Surat masuk hanya diterima dengan Authorization: Bearer dan rahasia yang benar."),
    413: ("Surat terlalu besar", "Surat masuk paling besar 25 MB."),
}


@functions_framework.http
@http_endpoint("/surat-masuk", methods=("POST",))
def inbound_mail(request: Request) -> Response:
    """202 once the mail is safe; 401 without the secret, 413 over 25 MB, 503 when it could not be stored."""
    from workflows.mail.inbound_mail import take_in
    from workflows.ports import MAX_MAIL_BYTES

    if not _knows_the_secret(request):
        return _refused(401, {"WWW-Authenticate": "Bearer"})
    if (request.content_length or 0) > MAX_MAIL_BYTES:
        return _refused(413)
    raw = request.get_data(cache=False)
    if len(raw) > MAX_MAIL_BYTES:
        return _refused(413)
    if not raw.strip():
        raise UnreadableBody(400)
    take_in(services(), raw)
    return as_json({"status": "stored"}, 202)


def _knows_the_secret(request: Request) -> bool:
    """Whether the request has the secret; False if none is set. Constant-time comparison."""
    secret = container().settings.inbound_secret.encode()
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    same = hmac.compare_digest(said.strip().encode("utf-8", "replace"), secret)
    return bool(secret) and scheme.lower() == "bearer" and same


def _refused(status: int, headers: dict[str, str] | None = None) -> Response:
    title, detail = REFUSED[status]
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return as_json(problem, status, headers, problem=True)
