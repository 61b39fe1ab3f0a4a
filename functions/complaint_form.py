"""The form at / and its submission; also style sheets, script and icon."""

from __future__ import annotations

from typing import Any

import functions_framework
from flask import Request, Response

from functions.app.container import container
from functions.web.factories import city
from functions.web.middleware import http_endpoint
from functions.web.responses import SCRIPT, asset, html, language

FILES = ("/style.css", "/list.css", "/board.css", "/keep.css", "/receipt.css", "/draft.js", "/favicon.svg")
_KINDS = {
    "svg": "image/svg+xml",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}


@functions_framework.http
@http_endpoint("/", files=FILES)
def complaint_form(request: Request) -> Response:
    """GET the form, POST a complaint."""
    if request.path != "/":
        return _asset(request)
    if request.method == "POST":
        from functions.web.intake_form import taken_in

        return taken_in(request, form)
    return form(language(request.args.get("lang", "")))


def form(lang: str, status: int = 200, **shown: Any) -> Response:
    """The page, empty or shown again with its errors."""
    from functions.views.citizen.form_page import form_page
    from workflows.domain.intake.form_token import TOKEN

    rt = container()
    shown.setdefault(TOKEN, rt.links.form_token(rt.clock.now()))
    return html(form_page(city(rt), lang, **shown), status, SCRIPT)


def _asset(request: Request) -> Response:
    from functions.views.shared.templates import favicon, page_file

    name = request.path.removeprefix("/")
    content, tag = favicon() if name == "favicon.svg" else page_file(name)
    return asset(content, _KINDS[name.rpartition(".")[2]], tag, request.args.get("v") == tag)
