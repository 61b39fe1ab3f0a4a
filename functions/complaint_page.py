"""The citizen's page behind ticket and key, and the page for a lost link: by mail or phone to the complaint's
contact, or at once by the recovery code. A look at a link by a machine (chat previews, mail scanners, prefetching)
does not count as reading, if the machine identifies itself; every other client counts as a person.
"""

from __future__ import annotations
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import container, services
from functions.web.factories import case_of, context
from functions.web.http import (
    SCRIPT,
    AttemptLimit,
    Body,
    as_json,
    html,
    language,
    read_body,
    see_other,
    sender_key,
    wants_json,
)
from functions.web.link_page import ActPage, show_photo
from functions.web.middleware import headers_for, http_endpoint
from workflows.citizen import data_requests, tracking
from workflows.citizen import lost_link as workflow
from workflows.citizen.page_access import mark_opened, open_page
from workflows.domain.access import Audience
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import Transition
from workflows.domain.intake.submission import normal_phone
from workflows.domain.privacy.data_request import DataAct
from workflows.errors import FieldError, Forbidden, InvalidInput, TooManyTries
from workflows.mail.rate_limit import OPEN_TAG, link_opened
from workflows.urls import path_by_key

WITHIN = timedelta(minutes=15)
WRONG_CODES = AttemptLimit(most=20, within=WITHIN)
ASKED = AttemptLimit(most=20, within=WITHIN)
"""Requests for a link by contact, right or wrong."""
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
        workflow.ask(services(), body.get("ticket"), email, normal_phone(phone))
    return as_json({"sent_if_known": True}) if wants_json(request) else _page(request, {}, sent=True)


def _may_ask(request: Request) -> bool:
    """Whether the sender may ask again; if not, the answer is the same, and nothing is looked up."""
    caller, now = _caller(request)
    try:
        ASKED.refuse_more(caller, now)
    except TooManyTries:
        return False
    ASKED.note(caller, now)
    return True


def _caller(request: Request) -> tuple[str, datetime]:
    rt = container()
    return sender_key(request, rt.settings, rt.links), rt.clock.now()


def _by_code(request: Request, body: Body) -> Response:
    """To the page of the report; wrong codes of one sender are counted, whichever reports they are for."""
    _require(body, [] if body.get(CODE).strip() else [CODE])
    caller, now = _caller(request)
    WRONG_CODES.refuse_more(caller, now)
    try:
        path = workflow.path_by_code(services(), body.get("ticket"), body.get(CODE))
    except Forbidden as wrong:
        WRONG_CODES.note(caller, now)
        raise InvalidInput([FieldError(CODE, "wrong_code")]) from wrong
    return as_json({"url": container().settings.url + path}) if wants_json(request) else see_other(path)


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
    from functions.views.citizen.page import lost_page

    lang = language(values.get("lang") or request.args.get("lang", ""))
    return html(lost_page(context(), lang, values=values, errors=errors, sent=sent), status, headers)


_CHATS = (
    *("whatsapp/", "facebookexternalhit", "facebot", "meta-externalagent", "meta-externalfetcher", "telegrambot"),
    *("slackbot", "slack-imgproxy", "twitterbot", "linkedinbot", "discordbot", "skypeuripreview", "redditbot"),
    *("snap url preview", "pinterestbot", "mastodon/", "google-pagerenderer"),
)
_MAIL = (
    *("ms-office", "msoffice", "microsoft office", "microsoft outlook", "safelinks", "google-safety"),
    *("barracuda", "mimecast", "proofpoint"),
)
_SEARCH = (
    *("googlebot", "googleother", "adsbot-google", "apis-google", "google-inspectiontool", "bingbot", "bingpreview"),
    *("yandexbot", "baiduspider", "duckduckbot", "applebot", "petalbot", "bytespider", "ahrefsbot", "semrushbot"),
)
_NAMES = re.compile("|".join(map(re.escape, (*_CHATS, *_MAIL, *_SEARCH))), re.IGNORECASE)
_HEADERS = ("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz")
_AHEAD = re.compile(r"\b(?:prefetch|prerender|preview)\b", re.IGNORECASE)


def is_look_ahead(request: Request) -> bool:
    """Whether the client says that it is a machine that only previews: then nobody has read the page."""
    if request.method == "HEAD" or _NAMES.search(request.headers.get("User-Agent", "")):
        return True
    return any(_AHEAD.search(request.headers.get(name, "")) for name in _HEADERS)


@functions_framework.http
@http_endpoint("/laporan", "/laporan/<ticket>", "/laporan/<ticket>/<key>", "/laporan/<ticket>/<key>/foto/<n>")
def complaint_page(request: Request, ticket: str = "", key: str = "", n: str = "") -> Response:
    """GET the page or a photo on it, POST what the citizen decides; without a ticket, the lost link."""
    if not ticket:
        return lost(request)
    if not key:
        raise Forbidden
    return CitizenPage(request, ticket, key).answer(n)


class CitizenPage(ActPage):
    """The page for the holder of the key."""

    def __init__(self, request: Request, ticket: str, key: str) -> None:
        super().__init__(request)
        self._ticket, self._key = ticket, key

    def show_photo(self, number: str) -> Response:
        """A photo that its citizen may see: those of a draft are nobody's yet."""
        from functions.views.citizen.page import for_citizen

        complaint = open_page(services(), self._ticket, self._key)
        return show_photo(self.request, for_citizen(case_of(complaint, Audience.REPORTER)), number)

    def show(self, status: int = 200, **shown: Any) -> Response:
        """The page, as HTML in the language asked for, or as JSON."""
        from functions.views.citizen.page import citizen_json, citizen_page

        complaint = open_page(services(), self._ticket, self._key)
        if not is_look_ahead(self.request):
            complaint = _note_opened(self.request, complaint)
        case = case_of(complaint, Audience.REPORTER, path=path_by_key(complaint.ticket, self._key))
        ctx = context()
        if wants_json(self.request):
            return as_json(citizen_json(ctx, case), status)
        lang = language(self.request.args.get("lang") or case.complaint.lang)
        return html(citizen_page(ctx, case, self._key, lang=lang, **shown), status, SCRIPT)

    def act(self, body: Body) -> Transition | None:
        """Carry it out, with the photos sent along; what is asked about personal data is another workflow's."""
        action, message = body.get("action"), body.get("message")
        if action == "data":
            data_requests.take_in(services(), self._ticket, self._key, DataAct(body.get("kind"), message))
            return None
        wanted = CitizenAct(action, message, body.get("score"))
        return tracking.perform_action(services(), self._ticket, self._key, wanted, body.photos)

    def note(self, body: Body, change: Transition | None) -> None:
        """Write no access line: the reporter acts on their own complaint."""


def _note_opened(request: Request, complaint: Complaint) -> Complaint:
    """What a person's look means: the citizen has the answer, and from a letter's link, the address is read."""
    opened = request.args.get(OPEN_TAG, "")
    if opened and request.method == "GET" and container().settings.mail_is_limited:
        link_opened(services(), complaint, opened)
    return mark_opened(services(), complaint)
