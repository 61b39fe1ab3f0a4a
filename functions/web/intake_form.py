"""A report that comes in by a form: the same steps at every door, from what was sent to the answer.

One of the forms by which a report comes in: the citizen's, or the one at the desk.

A form on its way back to whoever sent it: what was typed, its token, and the photos that came with it.

What the citizen's form sends: its door, and what is known of the sending beside the fields.

Before a report is stored: those like it that its sender may follow instead. Only for forms that ask.
"""

from __future__ import annotations

from collections.abc import Callable
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
from workflows.domain.complaint.transition import CITIZEN, Role
from workflows.domain.intake.form_token import TOKEN, has_run_out, odd_age
from workflows.domain.intake.submission import FIELDS, Submission, read_submission
from workflows.errors import FieldError, Forbidden, FormAlreadySent, InvalidInput, NumberTaken


@dataclass(frozen=True)
class Door:
    """One form. path: where it is sent to. fields: those that come back as they were typed. role: who fills it in.

    language: of its pages. envelope: what came with the words; InvalidInput. show: the form with that status, and
    what is to be seen on it. received: the answer to a report that is stored.
    """

    path: str
    language: Callable[[Body], str]
    envelope: Callable[[Body], Envelope]
    show: Callable[..., Response]
    received: Callable[[Receipt], Response]
    fields: tuple[str, ...] = FIELDS
    role: Role = CITIZEN


NAMES_PHOTOS, LEAVES_PHOTOS = "kept_photos", "leave_photos"
"""Fields of a form that names photos kept before; `yes` in the second: not to be sent."""


def back(body: Body, door: Door, used: bool = False) -> RedisplayedForm:
    """The form with what was typed; its good photos are kept until it is sent. used: its token was."""
    from workflows.domain.access.visibility import audience_of, form_fields

    token = _token(body, used)
    leaves = body.get(LEAVES_PHOTOS) == "yes"
    named = bool(body.get(NAMES_PHOTOS)) and not (leaves and body.photos)
    kept = keep(services(), token, body.photos, sent_token(body) if named else "")
    fields = form_fields(door.fields, audience_of(door.role))
    return RedisplayedForm({name: body.get(name) for name in fields}, token, kept, leaves and named)


def wants_kept(body: Body) -> bool:
    """Whether photos that were kept when the form came back are to be sent with it."""
    return bool(body.get(NAMES_PHOTOS)) and body.get(LEAVES_PHOTOS) != "yes"


def sent_token(body: Body) -> str:
    """The token that the form carries, empty for one without."""
    return body.get(TOKEN).strip()


def _token(body: Body, used: bool) -> str:
    """The same, so that photos are found and a repeat is known; a new one where it would be refused again."""
    rt, token = container(), sent_token(body)
    now = rt.clock.now()
    try:
        runs = not has_run_out(rt.links.form_token_age(token, now), rt.rules)
    except Forbidden:
        runs = False
    return token if runs and not used else rt.links.form_token(now)


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
        from functions.views.shared.problem_page import number_taken

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
        pass

        if asked := similar_reports(door, body, sent, envelope):
            return asked
    receipt = _stored(request, body, sent, envelope)
    if body.get(NAMES_PHOTOS):
        forget(services(), sent_token(body))
    return door.received(receipt)


def _read(door: Door, body: Body) -> tuple[Envelope, Submission]:
    """Both, or InvalidInput with the mistakes in either."""
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
    """A complaint, or one that follows another; on its own where that one cannot be followed any more."""
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
    """The form once more with everything that was typed."""
    form = back(body, door, used="sent_twice" in shown)
    shown |= {"values": form.values, "form_token": form.token, "kept": form.kept}
    shown |= {"leaves_photos": form.leaves_photos, "similar": SEEN if body.get("similar") == SEEN else ASK}
    return door.show(door.language(body), status, **shown)


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
    """Seconds since a form of ours was opened; None for a script's own key, by which only repeats are known."""
    rt = container()
    try:
        return rt.links.form_token_age(token, rt.clock.now())
    except Forbidden as error:
        if len(token) >= KEY_LEAST:
            return None
        raise InvalidInput([FieldError(TOKEN, "form_too_old")]) from error


def similar_reports(door: Door, body: Body, sent: Submission, envelope: Envelope) -> Response | None:
    """The page that shows them, with the whole form in it; None where there are none, or the form has come in."""
    found = similar_to(services(), sent, lambda: container().table)
    if not found or has_come_in(services(), envelope):
        return None
    from functions.views.citizen.similar_page import similar_page
    from workflows.domain.access.visibility import Audience, all_seen_by

    seen, form = all_seen_by(found, Audience.PUBLIC), back(body, door)
    return html(similar_page(context(), door.language(body), seen, form, door.path))
