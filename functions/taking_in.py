"""A report that comes in by a form: the same steps at every door, from what was sent to the answer."""

from __future__ import annotations

from dataclasses import replace

from flask import Request, Response

from functions.door import Door
from functions.edge.answers import is_page, wants_json
from functions.edge.body import Body, read_body
from functions.form_back import NAMES_PHOTOS, back, sent_token
from functions.services import context, ports
from functions.wiring import runtime
from workflows.citizen.intake import Envelope, Receipt, submit
from workflows.citizen.kept_photos import forget
from workflows.domain.submission import Submission, read_submission
from workflows.errors import FieldError, FormAlreadySent, InvalidInput, NumberTaken

FOLLOW = "follow"
ASK, SEEN = "ask", "seen"
"""What a form says in `similar`: reports like it may be shown first, or were."""
KEY_LEAST = 16


def take_in(request: Request, door: Door) -> Response:
    """Store the report and answer, or bring the form back with everything that was typed."""
    body = read_body(request)
    if body.get("edit") and is_page(request):
        return _again(door, body, 200)
    try:
        return _asked_or_stored(request, door, body)
    except (InvalidInput, FormAlreadySent) as error:
        if wants_json(request):
            raise
        return _refused(door, body, error)


def _refused(door: Door, body: Body, error: InvalidInput | FormAlreadySent) -> Response:
    if isinstance(error, InvalidInput):
        return _again(door, body, 422, errors=error.errors)
    if isinstance(error, NumberTaken):
        from functions.views.number_taken import number_taken

        return _again(door, body, 409, errors=[number_taken(context(), error)])
    return _again(door, body, 409, sent_twice=True)


def idempotency_key(request: Request) -> str:
    """What a script sends in the place of a form's token; InvalidInput for one that could be guessed."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if key and len(key) < KEY_LEAST:
        raise InvalidInput([FieldError("Idempotency-Key", "key_too_short", {"n": len(key), "least": KEY_LEAST})])
    return f"key:{key}" if key else ""


def _asked_or_stored(request: Request, door: Door, body: Body) -> Response:
    envelope, sent = _read(door, body)
    if body.get("similar") == ASK and is_page(request) and not (envelope.odd or body.get(FOLLOW)):
        from functions.similar_reports import similar_reports

        if asked := similar_reports(door, body, sent, envelope):
            return asked
    receipt = _stored(request, body, sent, envelope)
    if body.get(NAMES_PHOTOS):
        forget(ports(), sent_token(body))
    return door.received(receipt)


def _read(door: Door, body: Body) -> tuple[Envelope, Submission]:
    """Both, or InvalidInput with the mistakes in either."""
    mistakes: list[FieldError] = []
    try:
        envelope = door.envelope(body)
    except InvalidInput as error:
        mistakes += error.errors
    try:
        sent = read_submission(body.fields, runtime().parse_area)
    except InvalidInput as error:
        mistakes += error.errors
    if mistakes:
        raise InvalidInput(mistakes)
    return envelope, sent


def _stored(request: Request, body: Body, sent: Submission, envelope: Envelope) -> Receipt:
    """A complaint, or one that follows another; on its own where that one cannot be followed any more."""
    parent = body.get(FOLLOW).strip()
    if not parent:
        return submit(ports(), sent, envelope)
    from workflows.citizen.following import follow

    try:
        return follow(ports(), sent, envelope, parent)
    except InvalidInput:
        if wants_json(request):
            raise
        return submit(ports(), sent, replace(envelope, alone=True))


def _again(door: Door, body: Body, status: int, **shown: object) -> Response:
    """The form once more with everything that was typed."""
    form = back(body, door.fields, used="sent_twice" in shown)
    shown |= {"values": form.values, "form_token": form.token, "kept": form.kept}
    shown |= {"leaves_photos": form.leaves_photos, "similar": SEEN if body.get("similar") == SEEN else ASK}
    return door.show(door.language(body), status, **shown)
