"""The page for a lost link: by mail or phone to the contact on the report, or at once by the code on its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask import Request, Response

from functions.edge.answers import as_json, html, language, see_other, wants_json
from functions.edge.body import Body, read_body
from functions.edge.client import sender
from functions.edge.guard import headers_for
from functions.edge.guesses import Guesses
from functions.services import context, ports
from functions.wiring import runtime
from workflows.citizen import lost_link as workflow
from workflows.domain.submission import normal_phone
from workflows.errors import FieldError, Forbidden, InvalidInput, TooManyTries

WITHIN = timedelta(minutes=15)
WRONG_CODES = Guesses(most=20, within=WITHIN)
ASKED = Guesses(most=20, within=WITHIN)
"""Links that were asked for by contact, whether or not it was the right one."""
CODE = "code"


def lost(request: Request) -> Response:
    """GET the page; POST number and contact, whose answer never tells whether they matched, or number and code."""
    if request.method != "POST":
        return _page(request, {})
    body = read_body(request)
    try:
        return _by_code(request, body) if CODE in body.fields else _by_contact(request, body)
    except (InvalidInput, TooManyTries) as error:
        if wants_json(request):
            raise
        if isinstance(error, TooManyTries):
            errors = [FieldError(CODE, "too_many_codes", {"minutes": error.minutes})]
            return _page(request, body.fields, errors, status=429, headers=headers_for(error))
        return _page(request, body.fields, error.errors, status=422)


def _by_contact(request: Request, body: Body) -> Response:
    email, phone = body.get("email").strip(), body.get("phone").strip()
    _require(body, [] if email or phone else ["email"])
    if _may_ask(request):
        workflow.ask(ports(), body.get("ticket"), email, normal_phone(phone))
    return as_json({"sent_if_known": True}) if wants_json(request) else _page(request, {}, sent=True)


def _may_ask(request: Request) -> bool:
    """Not without end: whoever has asked too often reads the same answer, and nothing is looked up."""
    caller, now = _caller(request)
    try:
        ASKED.refuse_more(caller, now)
    except TooManyTries:
        return False
    ASKED.note(caller, now)
    return True


def _caller(request: Request) -> tuple[str, datetime]:
    rt = runtime()
    return sender(request, rt.settings, rt.links), rt.clock.now()


def _by_code(request: Request, body: Body) -> Response:
    """To the page of the report; wrong codes of one sender are counted, whichever reports they are for."""
    _require(body, [] if body.get(CODE).strip() else [CODE])
    caller, now = _caller(request)
    WRONG_CODES.refuse_more(caller, now)
    try:
        path = workflow.path_by_code(ports(), body.get("ticket"), body.get(CODE))
    except Forbidden as wrong:
        WRONG_CODES.note(caller, now)
        raise InvalidInput([FieldError(CODE, "wrong_code")]) from wrong
    return as_json({"url": runtime().settings.url + path}) if wants_json(request) else see_other(path)


def _require(body: Body, missing: Sequence[str]) -> None:
    fields = [*([] if body.get("ticket").strip() else ["ticket"]), *missing]
    if fields:
        raise InvalidInput([FieldError(name, "required") for name in fields])


def _page(
    request: Request,
    values: Mapping[str, str],
    errors: Sequence[FieldError] = (),
    *,
    sent: bool = False,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    from functions.views.lost_page import lost_page

    lang = language(values.get("lang") or request.args.get("lang", ""))
    return html(lost_page(context(), lang, values=values, errors=errors, sent=sent), status, headers)
