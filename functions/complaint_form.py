"""The form at /, and what it sends; also the sheets and the mark that pages use."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import functions_framework
from flask import Request, Response

from functions.edge.answers import SCRIPT, as_json, asset, html, is_page, see_other, wants_json
from functions.edge.body import Body, read_body
from functions.edge.client import sender
from functions.edge.guard import page
from functions.form_back import NAMES_PHOTOS, TOKEN, back, sent_token, wants_kept
from functions.services import context, ports
from functions.wiring import runtime
from workflows.domain.submission import Submission, read_submission
from workflows.errors import FieldError, Forbidden, FormAlreadySent, InvalidInput
from workflows.intake import Envelope, Receipt, submit
from workflows.kept_photos import forget

FOLLOW = "follow"
ASK, SEEN = "ask", "seen"
"""What a form says in `similar`: reports like it may be shown first, or were."""
HONEYPOT = "website"
TOO_FAST_SECONDS = 3
KEY_LEAST = 16
_KINDS = {
    "svg": "image/svg+xml",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


@functions_framework.http
@page("/", "/style.css", "/list.css", "/board.css", "/draft.js", "/favicon.svg")
def complaint_form(request: Request) -> Response:
    """GET the form, POST a complaint."""
    if request.path != "/":
        return _asset(request)
    return _take_in(request) if request.method == "POST" else _form(request, request.args.get("lang", ""))


def _form(request: Request, lang: str, status: int = 200, **shown: Any) -> Response:
    from functions.views.form_page import form_page

    ctx = context()
    shown.setdefault(TOKEN, runtime().links.form_token(ctx.now))
    return html(form_page(ctx, "en" if lang == "en" else "id", **shown), status, SCRIPT)


def _take_in(request: Request) -> Response:
    body = read_body(request)
    if body.get("edit") and is_page(request):
        return _again(request, body, 200)
    try:
        return _asked_or_stored(request, body)
    except (InvalidInput, FormAlreadySent) as error:
        if wants_json(request):
            raise
        if isinstance(error, FormAlreadySent):
            return _again(request, body, 409, sent_twice=True)
        return _again(request, body, 422, errors=error.errors)


def _asked_or_stored(request: Request, body: Body) -> Response:
    envelope = _envelope(request, body)
    sent = read_submission(body.fields, runtime().parse_area)
    if body.get("similar") == ASK and is_page(request) and not (envelope.odd or body.get(FOLLOW)):
        from functions.similar_reports import similar_reports

        if asked := similar_reports(request, body, sent):
            return asked
    receipt = _stored(request, body, sent, envelope)
    if body.get(NAMES_PHOTOS):
        forget(ports(), sent_token(body))
    return _received(request, receipt)


def _stored(request: Request, body: Body, sent: Submission, envelope: Envelope) -> Receipt:
    """A complaint, or one that follows another; on its own where that one cannot be followed any more."""
    parent = body.get(FOLLOW).strip()
    if not parent:
        return submit(ports(), sent, envelope)
    from workflows.following import follow

    try:
        return follow(ports(), sent, envelope, parent)
    except InvalidInput:
        if wants_json(request):
            raise
        return submit(ports(), sent, replace(envelope, alone=True))


def _again(request: Request, body: Body, status: int, **shown: Any) -> Response:
    """The form once more with everything that was typed."""
    form = back(body, used="sent_twice" in shown)
    shown |= {"values": form.values, TOKEN: form.token, "kept": form.kept, "leaves_photos": form.leaves_photos}
    lang = body.get("lang") or request.args.get("lang", "")
    return _form(request, lang, status, **shown, similar=SEEN if body.get("similar") == SEEN else ASK)


def _received(request: Request, receipt: Receipt) -> Response:
    path = f"/laporan/{receipt.ticket}/{receipt.key}"
    if not wants_json(request):
        return see_other(path)
    url = runtime().settings.url + path
    data = {"ticket": receipt.ticket, "url": url, "status": receipt.state}
    return as_json(data, 201 if receipt.created else 200)


def _envelope(request: Request, body: Body) -> Envelope:
    rt = runtime()
    token = sent_token(body)
    odd = "honeypot" if body.get(HONEYPOT).strip() else _odd_age(token, body.get("message")) if token else ""
    token = token or _idempotency_key(request)
    return Envelope(token, sender(request, rt.settings, rt.links), odd, body.photos, wants_kept(body))


def _odd_age(token: str, message: str) -> str:
    """Too old: the form comes back. Filled in within seconds and full of addresses: a person looks at it."""
    rt = runtime()
    try:
        age = rt.links.form_token_age(token, rt.clock.now())
    except Forbidden as error:
        if len(token) >= KEY_LEAST:
            return ""  # a script's own key: it tells nothing about age, and repeats are known by it all the same
        raise InvalidInput([FieldError(TOKEN, "form_too_old")]) from error
    if age > rt.policy.form_max_age_hours * 3600:
        raise InvalidInput([FieldError(TOKEN, "form_too_old")])
    return "too_fast" if age < TOO_FAST_SECONDS and _ADDRESS.search(message) else ""


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if key and len(key) < KEY_LEAST:
        raise InvalidInput([FieldError("Idempotency-Key", "key_too_short", {"n": len(key), "least": KEY_LEAST})])
    return f"key:{key}" if key else ""


def _asset(request: Request) -> Response:
    from functions.views.assets import favicon, page_file

    name = request.path.removeprefix("/")
    content, tag = favicon() if name == "favicon.svg" else page_file(name)
    return asset(content, _KINDS[name.rpartition(".")[2]], tag, request.args.get("v") == tag)
