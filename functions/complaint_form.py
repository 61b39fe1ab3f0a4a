"""The form at /, and what it sends; also the sheets and the mark that pages use."""

from __future__ import annotations

import re
from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.answers import as_json, asset, html, see_other, wants_json
from functions.edge.body import Body, read_body
from functions.edge.client import sender
from functions.edge.guard import page
from functions.services import context, ports
from functions.wiring import runtime
from workflows.domain.submission import FIELDS, read_submission
from workflows.errors import FieldError, Forbidden, FormAlreadySent, InvalidInput
from workflows.intake import Envelope, Receipt, submit

HONEYPOT = "website"
TOO_FAST_SECONDS = 3
KEY_LEAST = 16
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


@functions_framework.http
@page("/", "/style.css", "/list.css", "/favicon.svg")
def complaint_form(request: Request) -> Response:
    """GET the form, POST a complaint."""
    if request.path != "/":
        return _asset(request)
    return _take_in(request) if request.method == "POST" else _form(request, request.args.get("lang", ""))


def _form(request: Request, lang: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.form_page import form_page

    ctx = context()
    token = runtime().links.form_token(ctx.now)
    return html(form_page(ctx, "en" if lang == "en" else "id", form_token=token, **shown), status)


def _take_in(request: Request) -> Response:
    body = read_body(request)
    try:
        envelope = _envelope(request, body)
        receipt = submit(ports(), read_submission(body.fields, runtime().parse_area), envelope)
    except (InvalidInput, FormAlreadySent) as error:
        if wants_json(request):
            raise
        return _again(request, body, error)
    return _received(request, receipt)


def _again(request: Request, body: Body, error: InvalidInput | FormAlreadySent) -> Response:
    """The form once more with everything that was typed, and a new token."""
    values = {name: body.get(name) for name in FIELDS}
    lang = body.get("lang") or request.args.get("lang", "")
    shown: dict[str, Any] = {"values": values, "photos_again": bool(body.photos)}
    if isinstance(error, FormAlreadySent):
        return _form(request, lang, 409, **shown, sent_twice=True)
    return _form(request, lang, 422, **shown, errors=error.errors)


def _received(request: Request, receipt: Receipt) -> Response:
    path = f"/laporan/{receipt.ticket}/{receipt.key}"
    if not wants_json(request):
        return see_other(path)
    url = runtime().settings.url + path
    data = {"ticket": receipt.ticket, "url": url, "status": receipt.state}
    return as_json(data, 201 if receipt.created else 200)


def _envelope(request: Request, body: Body) -> Envelope:
    rt = runtime()
    token = body.get("form_token").strip()
    odd = "honeypot" if body.get(HONEYPOT).strip() else _odd_age(token, body.get("message")) if token else ""
    token = token or _idempotency_key(request)
    return Envelope(token, sender(request, rt.settings, rt.links), odd, body.photos)


def _odd_age(token: str, message: str) -> str:
    """Too old: the form comes back. Filled in within seconds and full of addresses: a person looks at it."""
    rt = runtime()
    try:
        age = rt.links.form_token_age(token, rt.clock.now())
    except Forbidden as error:
        if len(token) >= KEY_LEAST:
            return ""  # a script's own key: it tells nothing about age, and repeats are known by it all the same
        raise InvalidInput([FieldError("form_token", "form_too_old")]) from error
    if age > rt.policy.form_max_age_hours * 3600:
        raise InvalidInput([FieldError("form_token", "form_too_old")])
    return "too_fast" if age < TOO_FAST_SECONDS and _ADDRESS.search(message) else ""


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if key and len(key) < KEY_LEAST:
        raise InvalidInput([FieldError("Idempotency-Key", "too_short", {"n": len(key)})])
    return f"key:{key}" if key else ""


def _asset(request: Request) -> Response:
    from functions.views.assets import favicon, stylesheet

    is_mark = request.path == "/favicon.svg"
    content, tag = favicon() if is_mark else stylesheet(request.path.removeprefix("/"))
    kind = "image/svg+xml" if is_mark else "text/css; charset=utf-8"
    return asset(content, kind, tag, request.args.get("v") == tag)
