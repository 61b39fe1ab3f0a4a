"""Before a report is stored: those like it that its sender may follow instead. Only for forms that ask."""

from __future__ import annotations

from flask import Response

from functions.door import Door
from functions.edge.answers import html
from functions.edge.body import Body
from functions.form_back import back
from functions.services import context, ports
from functions.wiring import runtime
from workflows.citizen.intake import Envelope, has_come_in
from workflows.citizen.similar import similar_to
from workflows.domain.submission import Submission


def similar_reports(door: Door, body: Body, sent: Submission, envelope: Envelope) -> Response | None:
    """The page that shows them, with the whole form in it; None where there are none, or the form has come in."""
    found = similar_to(ports(), sent, lambda: runtime().table)
    if not found or has_come_in(ports(), envelope):
        return None
    from functions.views.similar_page import similar_page

    return html(similar_page(context(), door.language(body), found, back(body, door.fields), door.path))
