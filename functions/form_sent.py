"""What the citizen's form sends: its door, and what is known of the sending beside the fields."""

from __future__ import annotations

from collections.abc import Callable

from flask import Request, Response

from functions.door import Door
from functions.edge.answers import as_json, language, see_other, wants_json
from functions.edge.body import Body
from functions.edge.client import sender
from functions.form_back import sent_token, wants_kept
from functions.taking_in import KEY_LEAST, idempotency_key, take_in
from functions.wiring import runtime
from workflows.citizen.intake import Envelope, Receipt
from workflows.domain.form_age import TOKEN, odd_age
from workflows.errors import FieldError, Forbidden, InvalidInput

HONEYPOT = "website"


def taken_in(request: Request, show: Callable[..., Response]) -> Response:
    """POST a complaint. show: the form again, in a language, with what needs a look."""
    return take_in(request, _door(request, show))


def _door(request: Request, show: Callable[..., Response]) -> Door:
    return Door(
        path="/",
        language=lambda body: language(body.get("lang") or request.args.get("lang", "")),
        envelope=lambda body: _envelope(request, body),
        show=show,
        received=lambda receipt: _received(request, receipt),
    )


def _received(request: Request, receipt: Receipt) -> Response:
    if not wants_json(request):
        return see_other(receipt.path)
    data = {"ticket": receipt.ticket, "url": runtime().settings.url + receipt.path, "status": receipt.state}
    return as_json(data, 201 if receipt.created else 200)


def _envelope(request: Request, body: Body) -> Envelope:
    rt = runtime()
    token = sent_token(body)
    age = _age(token) if token else None
    odd = "honeypot" if body.get(HONEYPOT).strip() else ""
    if age is not None and not odd:
        odd = odd_age(age, body.get("message"), rt.rules)
    token = token or idempotency_key(request)
    known = sender(request, rt.settings, rt.links)
    return Envelope(token, known, odd, body.photos, wants_kept(body), filled_in=age)


def _age(token: str) -> float | None:
    """Seconds since a form of ours was opened; None for a script's own key, by which only repeats are known."""
    rt = runtime()
    try:
        return rt.links.form_token_age(token, rt.clock.now())
    except Forbidden as error:
        if len(token) >= KEY_LEAST:
            return None
        raise InvalidInput([FieldError(TOKEN, "form_too_old")]) from error
