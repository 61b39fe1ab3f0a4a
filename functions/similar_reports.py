"""Before a report is stored: those like it that its sender may follow instead. Only for forms that ask."""

from __future__ import annotations

from flask import Request, Response

from functions.edge.answers import html
from functions.edge.body import Body
from functions.form_back import back, sent_token
from functions.services import context, ports
from functions.wiring import runtime
from workflows.domain.submission import Submission
from workflows.intake import has_come_in
from workflows.similar import similar_to


def similar_reports(request: Request, body: Body, sent: Submission) -> Response | None:
    """The page that shows them, with the whole form in it; None where there are none, or the form has come in."""
    found = similar_to(ports(), sent, lambda: runtime().table)
    if not found or has_come_in(ports(), sent_token(body)):
        return None
    from functions.views.similar_page import similar_page

    lang = body.get("lang") or request.args.get("lang", "")
    return html(similar_page(context(), "en" if lang == "en" else "id", found, back(body)))
