"""The form at / and its submission; also style sheets, script and icon."""

from __future__ import annotations
from typing import TYPE_CHECKING, Any

import functions_framework
from flask import Request, Response

from functions.app.container import container
from functions.web.factories import city
from functions.web.http import SCRIPT, as_json, asset, html, language, see_other, sender_key, wants_json
from functions.web.middleware import http_endpoint

if TYPE_CHECKING:
    from functions.web.http import Body
    from workflows.citizen.intake import Receipt, SubmissionMeta
    from workflows.domain.access import Audience

HONEYPOT = "website"
"""A field that no person sees: what fills it in is a machine."""
FILES = ("/style.css", "/list.css", "/board.css", "/keep.css", "/receipt.css", "/draft.js", "/favicon.svg")
_KINDS = {"svg": "image/svg+xml", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@functions_framework.http
@http_endpoint("/", files=FILES)
def complaint_form(request: Request) -> Response:
    """GET the form, POST a complaint."""
    if request.path != "/":
        return _asset(request)
    if request.method == "POST":
        from functions.web.intake_form import handle_submission

        return handle_submission(request, CitizenForm(request))
    return _page(language(request.args.get("lang", "")))


class CitizenForm:
    """The citizen's form, as handle_submission takes it: an IntakeForm."""

    path = "/"
    own_fields = ()

    def __init__(self, request: Request) -> None:
        self._request = request

    @property
    def audience(self) -> Audience:
        """The reporter reads the form that comes back."""
        from workflows.domain.access import Audience

        return Audience.REPORTER

    def language(self, body: Body) -> str:
        """As the form says, or else the address."""
        return language(body.get("lang") or self._request.args.get("lang", ""))

    def read_meta(self, body: Body) -> SubmissionMeta:
        """What is known of the sender: the form's age, the trap for machines, a hash of the network address."""
        from functions.web.intake_form import form_age, idempotency_key, sent_token, wants_kept_photos
        from workflows.citizen.intake import SubmissionMeta
        from workflows.domain.intake.spam import odd_age

        rt, token = container(), sent_token(body)
        age = form_age(token) if token else None
        spam_reason = "honeypot" if body.get(HONEYPOT).strip() else ""
        if age is not None and not spam_reason:
            spam_reason = odd_age(age, body.get("message"), rt.rules)
        token = token or idempotency_key(self._request)
        sender = sender_key(self._request, rt.settings, rt.links)
        kept = wants_kept_photos(body)
        return SubmissionMeta(token, sender, spam_reason, body.photos, kept, filled_in=age)

    def show(self, lang: str, status: int, /, **shown: Any) -> Response:
        """The page again, with what was typed and what is wrong."""
        return _page(lang, status, **shown)

    def answer(self, receipt: Receipt) -> Response:
        """To the citizen's page of the new complaint, or its ticket and address as JSON."""
        if not wants_json(self._request):
            return see_other(receipt.path)
        data = {"ticket": receipt.ticket, "url": container().settings.url + receipt.path, "status": receipt.state}
        return as_json(data, 201 if receipt.created else 200)


def _page(lang: str, status: int = 200, **shown: Any) -> Response:
    """The page, new or come back with what needs a look."""
    from functions.views.citizen.form_page import form_page
    from workflows.domain.intake.spam import TOKEN

    rt = container()
    shown.setdefault(TOKEN, rt.links.form_token(rt.clock.now()))
    return html(form_page(city(rt), lang, **shown), status, SCRIPT)


def _asset(request: Request) -> Response:
    from functions.views.shared.rendering import favicon, page_file

    name = request.path.removeprefix("/")
    content, tag = favicon() if name == "favicon.svg" else page_file(name)
    return asset(content, _KINDS[name.rpartition(".")[2]], tag, request.args.get("v") == tag)
