"""The submission of a complaint by a form, the citizen's or the desk's: the same steps from the request to the
answer. A form that needs corrections comes back with what was typed, its token and its photos; before storing, a
form may offer similar complaints to follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import Request, Response

from functions.app.container import container, services
from functions.views.shared.forms import RedisplayedForm
from functions.web.clients import sender_key
from functions.web.factories import context
from functions.web.request_body import Body, read_body
from functions.web.responses import as_json, html, is_page, language, see_other, wants_json
from workflows.citizen.following import similar_to
from workflows.citizen.intake import Envelope, Receipt, has_come_in, submit
from workflows.citizen.staged_photos import forget, keep
from workflows.domain.intake.form_token import TOKEN, has_run_out, odd_age
from workflows.domain.intake.submission import FIELDS, Submission, read_submission
from workflows.errors import FieldError, Forbidden, FormAlreadySent, InvalidInput, NumberTaken


@dataclass(frozen=True)
class Door:
    """One form. `path`: where it is posted. `fields`: those that come back as typed. `language`: of its pages.
    `envelope`: builds what came with the text; InvalidInput. `show`: the form with a status and what is to be
    shown. `received`: the answer for a stored complaint.
    """

    path: str
    language: Callable[[Body], str]
    envelope: Callable[[Body], Envelope]
    show: Callable[..., Response]
    received: Callable[[Receipt], Response]
    fields: tuple[str, ...] = FIELDS


NAMES_PHOTOS, LEAVES_PHOTOS = "kept_photos", "leave_photos"
"""Form fields: the token of staged photos; `yes` in the second one means that they are not to be sent."""


def back(body: Body, fields: Sequence[str], used: bool = False) -> RedisplayedForm:
    """The form with all these fields; its good photos are staged. `used`: its token was used already."""
    token = _token(body, used)
    leaves = body.get(LEAVES_PHOTOS) == "yes"
    named = bool(body.get(NAMES_PHOTOS)) and not (leaves and body.photos)
    kept = keep(services(), token, body.photos, sent_token(body) if named else "")
    return RedisplayedForm({name: body.get(name) for name in fields}, token, kept, leaves and named)


def wants_kept(body: Body) -> bool:
    """Whether the staged photos are to be sent with the form."""
    return bool(body.get(NAMES_PHOTOS)) and body.get(LEAVES_PHOTOS) != "yes"


def sent_token(body: Body) -> str:
    """The form's token, '' without one."""
    return body.get(TOKEN).strip()


def _token(body: Body, used: bool) -> str:
    """The form's token again, so that photos are found and a repeat is recognised; a new one if it would be
    refused.
    """
    rt, token = container(), sent_token(body)
    now = rt.clock.now()
    try:
        runs = not has_run_out(rt.links.form_token_age(token, now), rt.rules)
    except Forbidden:
        runs = False
    return token if runs and not used else rt.links.form_token(now)


FOLLOW = "follow"
ASK, SEEN = "ask", "seen"
"""Values of the field `similar`: similar complaints may be shown first, or have been."""
KEY_LEAST = 16


def take_in(request: Request, door: Door) -> Response:
    """Store the complaint and answer, or show the form again with everything that was typed."""
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
        from functions.views.shared.problem_page import number_taken

        return _again(door, body, 409, errors=[number_taken(context(), error)])
    return _again(door, body, 409, sent_twice=True)


def idempotency_key(request: Request) -> str:
    """The key a script sends in place of a form's token; InvalidInput for one that could be guessed."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if key and len(key) < KEY_LEAST:
        raise InvalidInput([FieldError("Idempotency-Key", "key_too_short", {"n": len(key), "least": KEY_LEAST})])
    return f"key:{key}" if key else ""


def _asked_or_stored(request: Request, door: Door, body: Body) -> Response:
    envelope, sent = _read(door, body)
    if body.get("similar") == ASK and is_page(request) and not (envelope.odd or body.get(FOLLOW)):
        pass

        if asked := similar_reports(door, body, sent, envelope):
            return asked
    receipt = _stored(request, body, sent, envelope)
    if body.get(NAMES_PHOTOS):
        forget(services(), sent_token(body))
    return door.received(receipt)


def _read(door: Door, body: Body) -> tuple[Envelope, Submission]:
    """Envelope and submission; InvalidInput with the errors of both."""
    mistakes: list[FieldError] = []
    try:
        envelope = door.envelope(body)
    except InvalidInput as error:
        mistakes += error.errors
    try:
        sent = read_submission(body.fields, container().parse_area)
    except InvalidInput as error:
        mistakes += error.errors
    if mistakes:
        raise InvalidInput(mistakes)
    return envelope, sent


def _stored(request: Request, body: Body, sent: Submission, envelope: Envelope) -> Receipt:
    """The receipt of a new complaint or follower; of one on its own if the other cannot be followed any more."""
    parent = body.get(FOLLOW).strip()
    if not parent:
        return submit(services(), sent, envelope)
    from workflows.citizen.following import follow

    try:
        return follow(services(), sent, envelope, parent)
    except InvalidInput:
        if wants_json(request):
            raise
        return submit(services(), sent, replace(envelope, alone=True))


def _again(door: Door, body: Body, status: int, **shown: object) -> Response:
    """The form again with everything that was typed."""
    form = back(body, door.fields, used="sent_twice" in shown)
    shown |= {"values": form.values, "form_token": form.token, "kept": form.kept}
    shown |= {"leaves_photos": form.leaves_photos, "similar": SEEN if body.get("similar") == SEEN else ASK}
    return door.show(door.language(body), status, **shown)


HONEYPOT = "website"


def taken_in(request: Request, show: Callable[..., Response]) -> Response:
    """POST a complaint. `show`: shows the form again, in a language, with its errors."""
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
    data = {"ticket": receipt.ticket, "url": container().settings.url + receipt.path, "status": receipt.state}
    return as_json(data, 201 if receipt.created else 200)


def _envelope(request: Request, body: Body) -> Envelope:
    rt = container()
    token = sent_token(body)
    age = _age(token) if token else None
    odd = "honeypot" if body.get(HONEYPOT).strip() else ""
    if age is not None and not odd:
        odd = odd_age(age, body.get("message"), rt.rules)
    token = token or idempotency_key(request)
    known = sender_key(request, rt.settings, rt.links)
    return Envelope(token, known, odd, body.photos, wants_kept(body), filled_in=age)


def _age(token: str) -> float | None:
    """Seconds since the form was opened; None for a script's own key, which only identifies repeats."""
    rt = container()
    try:
        return rt.links.form_token_age(token, rt.clock.now())
    except Forbidden as error:
        if len(token) >= KEY_LEAST:
            return None
        raise InvalidInput([FieldError(TOKEN, "form_too_old")]) from error


def similar_reports(door: Door, body: Body, sent: Submission, envelope: Envelope) -> Response | None:
    """The page of similar complaints, with the whole form in it; None without any, or for a form
    received before.
    """
    found = similar_to(services(), sent, lambda: container().table)
    if not found or has_come_in(services(), envelope):
        return None
    from functions.views.citizen.similar_page import similar_page

    return html(similar_page(context(), door.language(body), found, back(body, door.fields), door.path))
