"""A department's list of open cases, behind the link of its digest. Changes nothing."""

from __future__ import annotations

import functions_framework
from flask import Request, Response

from functions.app.container import services
from functions.app.routing_tables import Labels
from functions.web.factories import context
from functions.web.http import as_json, html, wants_json
from functions.web.middleware import http_endpoint
from workflows.domain.access import Audience, all_seen_by
from workflows.errors import FieldError, InvalidInput
from workflows.office.case_list import NOWHERE, open_list


@functions_framework.http
@http_endpoint("/kasus/<token>", methods=("GET", "HEAD"))
def case_list(request: Request, token: str) -> Response:
    """A page of the list, filtered by kelurahan if one is chosen."""
    from functions.views.officer.list_page import list_json, list_page

    ctx, typed = context(), request.args.get("kelurahan", "").strip()
    kelurahan = _known(typed, ctx.labels)
    error = FieldError("kelurahan", "unknown_kelurahan", {"x": typed}) if kelurahan is None else None
    if error and wants_json(request):
        raise InvalidInput([error])
    listed = open_list(services(), token, kelurahan or "", request.args.get("setelah", ""))
    listed = all_seen_by(listed, Audience.DEPARTMENT)
    if wants_json(request):
        return as_json(list_json(ctx, listed))
    return html(list_page(ctx, listed, error), 422 if error else 200)


def _known(typed: str, labels: Labels) -> str | None:
    """The dotted code of the choice, with or without dots; None for an unknown kelurahan."""
    if typed in ("", NOWHERE):
        return typed
    return next((code for code in labels.kelurahan if typed in (code, code.replace(".", ""))), None)
