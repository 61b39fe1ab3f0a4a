"""A complaint that comes in by a form, the citizen's or the operator's: from what was sent to the answer."""

from __future__ import annotations
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from flask import Request, Response

from functions.app.container import container, services
from functions.views.shared.forms import RedisplayedForm
from functions.web.factories import context
from functions.web.http import Body, html, is_page, read_body, wants_json
from workflows.citizen.following import follow, similar_to
from workflows.citizen.intake import Receipt, SubmissionMeta, has_come_in, submit
from workflows.citizen.staged_photos import forget, keep
from workflows.domain.access import Audience, all_seen_by, form_fields
from workflows.domain.complaint.model import Complaint
from workflows.domain.intake.spam import TOKEN, has_run_out
from workflows.domain.intake.submission import FIELDS, Submission, read_submission
from workflows.errors import FieldError, Forbidden, FormAlreadySent, InvalidInput, NumberTaken

FOLLOW = "follow"
"""Field of a form: the ticket of the complaint that this one shall follow."""
ASK, SEEN = "ask", "seen"
"""What a form says in `similar`: similar complaints may be shown first, or they were."""
NAMES_PHOTOS, LEAVES_PHOTOS = "kept_photos", "leave_photos"
"""Fields of a form that names photos kept before; `yes` in the second: not to be sent."""
MIN_KEY_LENGTH = 16


class IntakeForm(Protocol):
    """What differs between the two forms.

    path: where the form is sent to. own_fields: names of the fields that only this form has. audience: who reads
    the form when it is shown again.
    """

    @property
    def path(self) -> str: ...

    @property
    def own_fields(self) -> tuple[str, ...]: ...

    @property
    def audience(self) -> Audience: ...

    def language(self, body: Body, /) -> str:
        """The language of its pages."""

    def read_meta(self, body: Body, /) -> SubmissionMeta:
        """What came beside the words; InvalidInput."""

    def show(self, lang: str, status: int, /, **shown: object) -> Response:
        """The form with that status, and the values, errors and photos in `shown`."""

    def answer(self, receipt: Receipt, /) -> Response:
        """The response for a complaint that is stored."""


def handle_submission(request: Request, form: IntakeForm) -> Response:
    """Store the complaint and answer, or show the form again with everything that was typed."""
    body = read_body(request)
    if body.get("edit") and is_page(request):
        return _show_again(form, body, 200)
    try:
        meta, sent = _read(form, body)
        may_ask = body.get("similar") == ASK and is_page(request)
        if may_ask and (found := _similar_complaints(body, sent, meta)):
            return _show_similar(form, body, found)
        receipt = _store(request, body, sent, meta)
    except (InvalidInput, FormAlreadySent) as error:
        if wants_json(request):
            raise
        return _show_error(form, body, error)
    if body.get(NAMES_PHOTOS):
        forget(services(), sent_token(body))
    return form.answer(receipt)


def _read(form: IntakeForm, body: Body) -> tuple[SubmissionMeta, Submission]:
    """Both, or InvalidInput with the mistakes in either."""
    mistakes: list[FieldError] = []
    try:
        meta = form.read_meta(body)
    except InvalidInput as error:
        mistakes += error.errors
    try:
        sent = read_submission(body.fields, container().parse_area)
    except InvalidInput as error:
        mistakes += error.errors
    if mistakes:
        raise InvalidInput(mistakes)
    return meta, sent


def _similar_complaints(body: Body, sent: Submission, meta: SubmissionMeta) -> Sequence[Complaint]:
    """Complaints that the sender may follow instead; () for spam, for a follower and for a form sent before."""
    if meta.spam_reason or body.get(FOLLOW):
        return ()
    found = similar_to(services(), sent, lambda: container().table)
    return found if found and not has_come_in(services(), meta) else ()


def _store(request: Request, body: Body, sent: Submission, meta: SubmissionMeta) -> Receipt:
    """A complaint, or one that follows another; on its own where that one cannot be followed any more."""
    parent = body.get(FOLLOW).strip()
    if not parent:
        return submit(services(), sent, meta)
    try:
        return follow(services(), sent, meta, parent)
    except InvalidInput:
        if wants_json(request):
            raise
        return submit(services(), sent, replace(meta, alone=True))


def _show_similar(form: IntakeForm, body: Body, found: Sequence[Complaint]) -> Response:
    """The page with similar complaints; the whole form is in it."""
    from functions.views.citizen.similar_page import similar_page

    seen = all_seen_by(found, Audience.PUBLIC)
    return html(similar_page(context(), form.language(body), seen, _redisplayed(form, body), form.path))


def _show_error(form: IntakeForm, body: Body, error: InvalidInput | FormAlreadySent) -> Response:
    if isinstance(error, InvalidInput):
        return _show_again(form, body, 422, errors=error.errors)
    if isinstance(error, NumberTaken):
        from functions.views.shared.problem_page import number_taken

        return _show_again(form, body, 409, errors=[number_taken(context(), error)])
    return _show_again(form, body, 409, sent_twice=True)


def _show_again(form: IntakeForm, body: Body, status: int, **shown: object) -> Response:
    """The form once more with everything that was typed."""
    again = _redisplayed(form, body, is_used="sent_twice" in shown)
    shown |= {"values": again.values, "form_token": again.token, "kept": again.kept}
    shown |= {"leaves_photos": again.leaves_photos, "similar": SEEN if body.get("similar") == SEEN else ASK}
    return form.show(form.language(body), status, **shown)


def _redisplayed(form: IntakeForm, body: Body, is_used: bool = False) -> RedisplayedForm:
    """What the form shows again; its good photos are kept until it is sent. is_used: its token was."""
    token = _token_for_again(body, is_used)
    leaves = body.get(LEAVES_PHOTOS) == "yes"
    named = bool(body.get(NAMES_PHOTOS)) and not (leaves and body.photos)
    kept = keep(services(), token, body.photos, sent_token(body) if named else "")
    fields = form_fields((*form.own_fields, *FIELDS), form.audience)
    values = {name: body.get(name) for name in fields}
    return RedisplayedForm(values, token, kept, leaves and named)


def _token_for_again(body: Body, is_used: bool) -> str:
    """The same, so that photos are found and a repeat is known; a new one where it would be refused again."""
    rt, token = container(), sent_token(body)
    now = rt.clock.now()
    try:
        runs = not has_run_out(rt.links.form_token_age(token, now), rt.rules)
    except Forbidden:
        runs = False
    return token if runs and not is_used else rt.links.form_token(now)


def sent_token(body: Body) -> str:
    """The token that the form carries, empty for one without."""
    return body.get(TOKEN).strip()


def wants_kept_photos(body: Body) -> bool:
    """Whether photos that were kept when the form came back are to be sent with it."""
    return bool(body.get(NAMES_PHOTOS)) and body.get(LEAVES_PHOTOS) != "yes"


def idempotency_key(request: Request) -> str:
    """What a script sends in the place of a form's token; InvalidInput for one that could be guessed."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if key and len(key) < MIN_KEY_LENGTH:
        short = FieldError("Idempotency-Key", "key_too_short", {"n": len(key), "least": MIN_KEY_LENGTH})
        raise InvalidInput([short])
    return f"key:{key}" if key else ""


def form_age(token: str) -> float | None:
    """Seconds since a form of ours was opened; None for a script's own key, by which only repeats are known."""
    rt = container()
    try:
        return rt.links.form_token_age(token, rt.clock.now())
    except Forbidden as error:
        if len(token) >= MIN_KEY_LENGTH:
            return None
        raise InvalidInput([FieldError(TOKEN, "form_too_old")]) from error
